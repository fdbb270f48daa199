"""What listings are like in general: the tables from which the roles of a page's pieces are learnt.

All are weights by general knowledge of such pages; a row's, or a column's, sum does not matter. They count as
much as a few lines of the page itself, so that they need not be exact.
"""

from __future__ import annotations

from functools import cache
from typing import Final

ROLES: Final = ("other", "session", "note", "title", "title+", "people", "people+", "place", "label", "body", "body+")
"""What a piece can be; with `+`, a line that goes on the one above. A note is a room, link or keyword line, a label that of an abstract."""

_LOOKS: Final = """
                  other session    note   title  title+  people people+   place   label    body   body+
people none          90      95      92      84      95     0.7     0.7      85      99      99      97
people one            6       4       4      14       4      31      42       4       1     0.3     1.5
people several        1     0.2       1     0.5     0.3      52      41       1     0.1     0.1     0.3
people placed       0.3     0.1     0.5     0.1     0.1      14      12       6     0.1     0.1     0.1
people odd            1       1       2     1.5       1       3       4       4     0.1     0.5       1
words 1              35       5      30       1      20       1       2       4      90     0.2       3
words 2-3            30      30      30       6      25      22      30      22      10     0.5       5
words 4-7            15      45      25      31      30      32      33      32     0.5       2      10
words 8-14           10      17      10      46      20      25      20      26     0.1      18      45
words 15-30           7       3       4      16       5      14      10      13     0.1      24      17
words 31+             3     0.2       1     0.3     0.1       6       4       3     0.1      55      20
end none             80      90      85      82      80      90      88      85      60      40      70
end stop             14       3       6      10      12       5       6      10       8      56      24
end asks              2       1       1       6       6     0.1     0.1     0.2     0.1       2       1
end open              4       6       8       2       2       5       6       5      32       2       5
start capital        80      88      55      94      55      96      94      75      97      97      45
start small           8       2      20       2      35     3.5       5       4       2       1      45
start other          12      10      25       4      10     0.5       1      21       1       2      10
number none          88      90      88      80      97      90      97      95      98      96      96
number number         4       6       6      14       2       6       2       3       1       2       2
number bullet         8       4       6       6       1       4       1       2       1       2       2
print plain          88      65      92      80      92      84      92      90      70      95      96
print bold            4      10       2       7       3       3       1       1      20     0.5     0.5
print italic          3       3       4       4       3      11       6       8       5       2       2
print quoted          1       1       1       4       1     0.5     0.5     0.5       1       2       1
print heading         4      21       1       5       1     1.5     0.5     0.5       4     0.5     0.5
indent no            85      85      85      85      85      85      85      85      85      85      85
indent yes           15      15      15      15      15      15      15      15      15      15      15
label none           90      92      45      88    99.5      66      95      78       3      60      97
label title         0.3     0.1     0.2       8    0.02     0.1     0.1     0.1     0.1     0.1     0.1
label people        0.5     0.1     0.3     0.1    0.02      32       3       1     0.1     0.1     0.1
label place         0.3     0.1     0.5     0.1    0.02     0.5       1      18     0.1     0.1     0.1
label note            3       4      40     0.6    0.05     0.2     0.2       1       1       1     0.5
label abstract     0.01    0.01    0.01    0.01    0.01    0.01    0.01    0.01     0.1      37     0.2
label alone           1     0.5       1     0.1    0.02     0.1     0.1     0.1      95     0.1     0.1
label recurs          5       4      13       3     0.1       1       1       2       1       2       2
recurs no            70      92      60      99      99      97      96      88      20    99.5      99
recurs yes           30       8      40       1       1       3       4      12      80     0.5       1
note no              88      96      35    99.5    99.5    99.5      99      98    99.5    99.9    99.5
note yes             12       4      65     0.5     0.5     0.5       1       2     0.5     0.1     0.5
place no             90      90      88      93      93      97      94       9      99      90      90
place yes             7       7       6       5       6     2.5       5      56     0.5       9       8
place keyed           3       3       6       2       1     0.5       1      35     0.5       1       2
tight no             88      97      97      97       1      97      40      95      98      97       8
tight yes            12       3       3       3      99       3      60       5       2       3      92
case sentence        45      20      50      33      50       2       3       8       5      91      92
case title           45      68      30      58      44      84      82      82      70       6       4
case upper            5       8       5       5       4       8       8       6      22     0.5       1
case none             5       4      15       4       2       6       7       4       3     2.5       3
chrome no            66      97      84      99    98.5    99.5    99.5    98.5      98      98      98
chrome menu          19       2      14     0.8       1     0.3     0.3       1       1     0.5       1
chrome legal         15       1       2     0.2     0.5     0.2     0.2     0.5       1     1.5       1
heading no           92      30      97    99.5    99.5    99.9    99.9    99.5    99.5    99.8    99.5
heading yes           8      70       3     0.5     0.5     0.1     0.1     0.5     0.5     0.2     0.5
sentences no         90      99      97      98      98      97      97      97    99.9      45      65
sentences yes        10       1       3       2       2       3       3       3     0.1      55      35
verbs none           72      96      96      91      90    99.3      99      97      99      12      32
verbs one            13       3       3       8       9     0.6     0.8     2.5     0.8      20      33
verbs more           15       1       1       1       1     0.1     0.2     0.5     0.2      68      35
alone no             60      15      85      75      97      80      97      88      85      65      97
alone yes            40      85      15      25       3      20       3      12      15      35       3
cell none            92      95      85      84      99      85      97      88      99      97      99
cell title            3       1       2      15     0.5     0.1     0.1     0.2     0.1       1     0.3
cell people         0.5     0.1     0.5     0.1     0.1      14     1.5     0.5     0.1     0.1     0.1
cell rest             5       4      13       1     0.5       1     1.5      12       1       2     0.6
"""
"""How often, of the pieces of a role (column), a feature has a value (row)."""

_FOLLOWS: Final = """
                  other session    note   title  title+  people people+   place   label    body   body+   share
other next           60       2       3      10       .       2       .       .       .       1       .     0.4
other blank          50      10       5      40       .       8       .       .       1       3       .     0.6
session next          5       2       8      30       .       6       .       .       .     0.5       .     0.4
session blank         4       6      10      70       .      12       .       .       .       1       .     0.6
note next             4       1      30      25       .      20       .       1      12      12       .     0.6
note blank            8       6      10      50       .      12       .       .      10       8       .     0.4
title next            1       .      10       4      20      60       .     0.5       8      12       .     0.8
title blank           5       6       6       8       .      20       .       .      10      22       .     0.2
title+ next           1       .      10       2      15      60       .       .       8      12       .     0.8
title+ blank          5       6       6       8       .      20       .       .      10      22       .     0.2
people next           2     0.5      10      14       .       .      25      16      14      20       .     0.6
people blank          8       6       8      50       .       3       1       2      14      20       .     0.4
people+ next          2     0.5      10      12       .       .      40      16      14      20       .     0.6
people+ blank         8       6       8      50       .       3       3       2      14      20       .     0.4
place next            2       .      10      10       .       .      12      45      14      16       .     0.6
place blank           6       6       6      50       .       4       .       2      14      20       .     0.4
label next            1       .       .     0.5       .       3       .       .       .      95       .     0.8
label blank           1       .       .       1       .       .       .       .       .      95       .     0.2
body next             2       1      10      25       .      10       .       .     0.5       .      60     0.3
body blank           12      10      10      70       .      14       .       .       1       3       6     0.7
body+ next            2       1       6      12       .       6       .       .     0.5       .      85     0.7
body+ blank          12      10      10      70       .      14       .       .       1       3       6     0.3
"""
"""How often a role (column) follows another (row) on the next line, and after a blank one; `share` says how often either is the case."""

Looks = dict[str, dict[str, tuple[float, ...]]]
Follows = dict[str, tuple[dict[str, float], dict[str, float]]]


@cache
def looks() -> Looks:
    """Give the weights of the roles by feature and value.

    >>> looks()["label"]["abstract"][ROLES.index("body")]
    37.0
    """
    table: Looks = {}
    for row in _LOOKS.strip("\n").split("\n")[1:]:
        feature, value, *weights = row.split()
        table.setdefault(feature, {})[value] = tuple(map(float, weights))
    return table


@cache
def follows() -> Follows:
    """Give, for each role, the shares of the roles that follow on the next line, and after a blank one; all of one role add up to 1."""
    table: dict[str, list[dict[str, float]]] = {}
    for row in _FOLLOWS.strip("\n").split("\n")[1:]:
        role, _, *weights, share = row.split()
        known = {after: float(weight) for after, weight in zip(ROLES, weights, strict=True) if weight != "."}
        total = sum(known.values())
        table.setdefault(role, []).append({after: float(share) * weight / total for after, weight in known.items()})
    return {role: (near, apart) for role, (near, apart) in table.items()}
