"""Pools that the large made-up desk draws its people and places from. Nobody in them is anyone."""

_FIRST_NAMES = """
Abena Adele Agnieszka Aiko Aisha Alba Alma Amara Amélie Ana Anja Anneke Aoife Ariadne Asha Astrid Aurora Ayla
Beatriz Bess Bianca Birgit Bronwyn Camila Carys Cecilia Celeste Chiara Chidi Chloe Clara Constance Cosima Dagny
Daria Delia Demi Dorothea Désirée Edith Eilidh Elena Elif Elke Emeka Esme Esra Eva Farah Fatima Fernanda Fiona Flora
Freya Gaia Gemma Greta Gwen Hana Hannah Harriet Hedda Helena Hiroko Ida Ilse Imani Inga Ioana Irene Isadora Ivy Jana
Jasmin Joana Josefina Judith Julia Jūlija Kaia Kalinda Karin Katya Keiko Kezia Laila Lara Leonie Lidia Lila Linnéa
Liv Louisa Lucía Ludmila Mabel Magda Maja Malin Mara Margit Mariam Marta Matilda Maya Mei Mila Mina Mirabel Mónica
Nadine Naomi Nell Nia Nina Noor Nuria Oksana Olive Ottilie Paloma Paula Perla Petra Philippa Pilar Portia Rania Rhea
Rita Rosa Rowan Ruth Saga Salma Sanna Saoirse Selma Senna Shira Signe Sigrid Simone Sofia Sonja Soraya Stella
Sunniva Svea Talia Tamsin Tessa Thea Tilda Uma Ursula Vera Viola Wanda Xenia Yara Yuki Zara Zelda Zofia
"""
FIRST_NAMES = tuple(_FIRST_NAMES.split())

_LAST_NAMES = """
Abbott Acosta Adeyemi Ahlberg Akande Albrecht Almeida Amano Andrade Arnott Ashdown Baines Balogun Barros Beaumont
Becker Bellamy Bergström Birch Blackwood Boateng Bonnet Borg Brandão Brennan Brightwell Byrne Cabral Calder Cardoso
Carver Castillo Chandra Chen Clement Colby Contreras Corrigan Costa Crane Cross D'Amico Dahl Danso Darrow Delacroix
Delgado Desai Doyle Drake Dubois Eklund Ellery Engström Espinosa Fairbanks Falk Farrow Ferrari Fischer Fonseca Forde
Fournier Frost Fujita Galloway García Gentry Gomes Goode Grant Greene Hadley Hale Hartmann Hassan Haugen Hayashi
Herrera Holm Horvat Hughes Ibarra Inoue Ivanova Jansen Jensen Joshi Juarez Kaplan Kato Kaur Keane Keller Kimura
Kovač Kruger Kumar Lambert Larkin Laurent Leclerc Lim Lindgren Lopes Lund Macklin Maes Malik Marchetti Marlowe Marsh
Mbeki McBride Medina Mendes Mercer Meyer Mironova Moreno Moss Mwangi Nakamura Navarro Ncube Nguyen Nilsen Noble
Nowak Nyström O'Connell O'Hara Ocampo Odell Okafor Olsen Ortega Osei Owusu Paget Park Pascal Patel Pereira Petit
Pham Pike Popescu Price Quick Quintero Rao Ravn Reyes Richter Rinaldi Roche Rosen Rossi Russo Ryder Sahin Salazar
Sandoval Sato Schreiber Serrano Sharma Silva Sinclair Sloane Soto Stanek Sterling Suzuki Takeda Tan Teixeira Thorne
Torres Tran Ueda Vance Vargas Vasić Vidal Vogel Wagner Walsh Weiss Whitlock Winter Wolfe Wong Yamada Yilmaz Young
Zapata Zeller Zimmer
"""
LAST_NAMES = tuple(_LAST_NAMES.split())

PLACES = (
    ("New York", "NY", "100", (40_712_800, -74_006_000)),
    ("Brooklyn", "NY", "112", (40_678_200, -73_944_200)),
    ("Boston", "MA", "021", (42_360_100, -71_058_900)),
    ("Philadelphia", "PA", "191", (39_952_600, -75_165_200)),
    ("Baltimore", "MD", "212", (39_290_400, -76_612_200)),
    ("Hartford", "CT", "061", (41_765_800, -72_673_400)),
    ("Providence", "RI", "029", (41_824_000, -71_412_800)),
    ("Newark", "NJ", "071", (40_735_700, -74_172_400)),
    ("Albany", "NY", "122", (42_652_600, -73_756_200)),
    ("Portland", "ME", "041", (43_659_100, -70_256_800)),
    ("Richmond", "VA", "232", (37_540_700, -77_436_000)),
    ("Atlanta", "GA", "303", (33_749_000, -84_388_000)),
    ("Chicago", "IL", "606", (41_878_100, -87_629_800)),
    ("Austin", "TX", "787", (30_267_200, -97_743_100)),
    ("Denver", "CO", "802", (39_739_200, -104_990_300)),
    ("Seattle", "WA", "981", (47_606_200, -122_332_100)),
)
"""City, region, how its postcodes begin, and where it is in millionths of a degree."""

STREETS = ("Alder", "Bramble", "Cooper", "Dogwood", "Elm", "Fiddler", "Gable", "Hazel", "Indigo", "Juniper", "Kestrel")
WAYS = ("Lane", "Street", "Close", "Terrace", "Row", "Avenue", "Court")

_AREA_CODES = """
201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253
254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323
325 330 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 425
432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541
551 559 561 562 563 567 570 571 573 574 580 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619
"""
AREA_CODES = tuple(_AREA_CODES.split())

COMMENTS = (
    "Is this one warm enough for December?",
    "Love it. Does it come in my size?",
    "Would it go with the boots from last time?",
    "A bit short for me, I think.",
    "Can I see the back?",
    "Is the lining silk?",
    "Yes to the color, no to the collar.",
    "Save one for me, please!",
    "How does it wash?",
    "My sister wants the same.",
)

LOOKBOOK_TITLES = ("Fall looks", "Holiday looks", "Spring looks", "Summer looks", "Office looks", "Weekend looks")
FREQUENCIES = (("week", 4), ("week", 6), ("week", 8), ("month", 1), ("month", 3))
OUTCOMES = ("Answered", "Sent a close-up", "Thanked her", "Sizes are right", "Will think about it", "Left a message")
REMINDERS = ("Ask about the coat", "New arrivals in her size", "Birthday is near", "Second fitting", "Swatches")
