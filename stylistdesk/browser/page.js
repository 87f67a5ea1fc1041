"use strict";
const again = document.getElementById("again");
let shown = false;
new MutationObserver(() => {
    const state = document.body.classList;
    if (state.contains("-closed")) again.focus();
    else if (state.contains("-first-byte") && !shown) {
        shown = true;
        document.querySelector("textarea").focus();
    }
}).observe(document.body, { attributeFilter: ["class"] });
again.addEventListener("click", () => location.reload());
