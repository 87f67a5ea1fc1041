"""What the made-up desks sell: some forty items of eight made-up brands, priced in whole dollars."""

from typing import NamedTuple


class Item(NamedTuple):
    """One thing to wear; the price in minor units."""

    sku: str
    name: str
    brand: str
    price_cents: int


CATALOGUE: tuple[Item, ...] = (
    Item("AW-101", "Cashmere coat, ink", "Alder & Wick", 420_00),
    Item("AW-102", "Cashmere coat, camel", "Alder & Wick", 420_00),
    Item("AW-110", "Wide trousers, oat", "Alder & Wick", 180_00),
    Item("AW-111", "Wide trousers, navy", "Alder & Wick", 180_00),
    Item("AW-120", "Single-button blazer, charcoal", "Alder & Wick", 310_00),
    Item("AW-130", "Pleated midi skirt, forest", "Alder & Wick", 150_00),
    Item("MO-201", "Silk shirt, bone", "Maison Orme", 140_00),
    Item("MO-202", "Silk shirt, black", "Maison Orme", 140_00),
    Item("MO-210", "Bias slip dress, champagne", "Maison Orme", 220_00),
    Item("MO-211", "Wrap dress, rust", "Maison Orme", 240_00),
    Item("MO-220", "Silk camisole, ivory", "Maison Orme", 90_00),
    Item("MO-230", "Velvet evening jacket, midnight", "Maison Orme", 360_00),
    Item("NM-301", "Merino turtleneck, camel", "Northmoor", 132_00),
    Item("NM-302", "Merino turtleneck, black", "Northmoor", 132_00),
    Item("NM-310", "Cable cardigan, cream", "Northmoor", 190_00),
    Item("NM-320", "Cashmere crew, dove grey", "Northmoor", 210_00),
    Item("NM-330", "Ribbed knit dress, plum", "Northmoor", 170_00),
    Item("TS-401", "Ankle boot, tan", "Tallow Street", 160_00),
    Item("TS-402", "Ankle boot, black", "Tallow Street", 160_00),
    Item("TS-410", "Loafer, oxblood", "Tallow Street", 145_00),
    Item("TS-420", "Block heel sandal, gold", "Tallow Street", 120_00),
    Item("TS-430", "Knee boot, chocolate", "Tallow Street", 260_00),
    Item("TS-440", "Leather sneaker, white", "Tallow Street", 110_00),
    Item("JR-501", "Straight jeans, indigo", "Juniper Row", 98_00),
    Item("JR-502", "Straight jeans, washed black", "Juniper Row", 98_00),
    Item("JR-510", "Chambray shirt, sky", "Juniper Row", 84_00),
    Item("JR-520", "Barn jacket, olive", "Juniper Row", 168_00),
    Item("JR-530", "Striped tee, navy", "Juniper Row", 42_00),
    Item("JR-540", "Corduroy trousers, tobacco", "Juniper Row", 118_00),
    Item("CB-601", "Linen dress, sea", "Casa Brisa", 150_00),
    Item("CB-610", "Linen trousers, sand", "Casa Brisa", 128_00),
    Item("CB-620", "Straw tote", "Casa Brisa", 76_00),
    Item("CB-630", "Cotton blouse, white", "Casa Brisa", 92_00),
    Item("HL-701", "Silk scarf, marigold", "Halcyon Loom", 78_00),
    Item("HL-702", "Wool wrap, heather", "Halcyon Loom", 124_00),
    Item("HL-710", "Leather belt, cognac", "Halcyon Loom", 68_00),
    Item("HL-720", "Felt hat, walnut", "Halcyon Loom", 96_00),
    Item("PV-801", "Hammered hoops, gold", "Petra Vale", 64_00),
    Item("PV-802", "Pearl drops", "Petra Vale", 88_00),
    Item("PV-810", "Signet ring, silver", "Petra Vale", 72_00),
    Item("PV-820", "Layered chain, gold", "Petra Vale", 96_00),
    Item("PV-830", "Enamel cuff, teal", "Petra Vale", 110_00),
)
