"""Know the words around and within the names of institutions, in the form that `affiliations` gives them."""

from __future__ import annotations

from typing import Final

GENERAL: Final = frozenset(
    """informatique informatica informatik robotique robotica mathematiques matematica mathematik physique fisica physik automatique
    departement university institute technology laboratory department center national research science engineering academy college school
    system international mathematic polytechnic federal hospital group medical faculty division unit section program programme chair
    computer computing computational informatic informatics information communication communications electronic electrical mechanical
    physics chemistry biology statistics automation robotic robotics control intelligence artificial intelligent machine learning
    vision data language applied advanced industrial civil environmental material materials aerospace aeronautics astronautics
    mechatronics energy power nuclear space marine ocean earth geoscience geography economics business management finance law
    education medicine health public neuroscience brain cognitive psychology linguistics philosophy art arts design media
    telecommunications telecommunication network networks software hardware security cyber cybersecurity theoretical experimental pure
    basic fundamental natural life social human humanities letters graduate undergraduate studies study development innovation future
    key state joint general special interdisciplinary integrated optics photonics quantum nano nanotechnology biomedical
    bioengineering biotechnology bioinformatics signal image speech processing perception multimedia graphics visualization digital
    internet mobile embedded autonomous vehicle automotive transportation transport traffic urban architecture agriculture
    agricultural food forestry normal training service services industry company ministry government defense defence military army
    navy naval air force administration agency council foundation society association committee office board bureau library museum
    campus city town central north south east west northern southern eastern western physical mathematical chemical biological
    clinical action sensor sensors green new first second ai it ict cs ece ee eecs me open independent researcher freelance consultant
    team lab r rd student ph phd professor senior member ieee fellow author authors equal contribution private high higher""".split()
)
"""Words that say what an institution is or does, and not which it is."""
UNITS: Final = frozenset(
    """department school faculty laboratory institute center division group unit section chair college program clinic hospital dipartimento
    fakultat facultad faculte faculdade facolta fachbereich lehrstuhl ufr academy team office escuela ecole scuola escola""".split()
)
"""Words that name a part of an organisation where another organisation stands after it."""
ANDS: Final = frozenset("and et und y e with".split())
"""Words that add one institution to another."""
AT: Final = frozenset("at the".split())
"""Small words that open a name."""
LAST_UNITS: Final = frozenset("department laboratory group division section unit office team".split())
"""Words that end the name of a part."""
QUALIFIERS: Final = frozenset(
    """national medical state normal open catholic free federal agricultural polytechnic american royal central north south east
    west northern southern eastern western new islamic european international christian old saint fort foreign industrial pedagogical
    agrarian southwest northwest southeast northeast upper lower middle first second third public private great""".split()
)
"""Words before a name that make it another name."""
HOSPITALS: Final = frozenset("hospital hospitals clinic clinics health press".split())
"""Words after a name that make it another name."""
OWN: Final = frozenset("university college polytechnic technology ecole".split())
"""Words in the names of what teaches on its own within a university."""
