"""Tell names of people from other words.

A name is told by its form, two to six words, each written as names are, and by its words: most of them are none of the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from confgraph import resources
from confgraph.ingest.lines import count_words

PARTICLES: Final = frozenset(
    """
    abu af al am av ben bin bint da dal das de degli dei del della delle den der di do dos du e el ibn im la las le les los op san santa st
    ten ter tot van vom von y zu zum zur
    """.split()
)
_NO_PART: Final = frozenset(
    """
    a and for from into of on the using via with without academy center centre college committee conference department group institut
    institute lab laboratory labs program programme school session university workshop
    """.split()
)
"""Words that no name of a person holds."""
_COMMON_SHARE: Final = 0.6
"""Of a name's words, so many must not be words of the language: `Mark Strong` is a name, `Sparse Sorting` is none."""
_NOT_LOWER_NAMES: Final = frozenset(
    """
    about all are as at be by contact former in is it member members more new news our related see that they this to us was we were you
    """.split()
)
"""What a text in lower case holds that is no name; capitals would have told."""
_LOWER_NAME_WORDS: Final = 3
_MAX_NAME_WORDS: Final = 6
_RANK: Final = r"(?:Prof(?:essor(?:in)?)?|Drs?|Doctor|Mr|Mrs|Ms)"
RANKS: Final = re.compile(rf"(?:{_RANK}\b\.?(?:-Ing\b\.?)?(?:\s*(?:habil|rer|nat|h|c)\b\.?)*\s+)+(?=\S)")
"""Titles before a name, such as `Prof. Dr.`"""
SUFFIX: Final = r"(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|M\.?Sc|B\.?Sc|Esq)\b\.?"
"""What follows a name after a comma and belongs to it."""
_GROUP: Final = re.compile(
    r"(?:\bCollaborations?|\bConsortium|\bTeam|\bWorking Group|\bResearch Group|\bStudy Group|\bInitiative|\bTask Force|\bCommittee"
    r"|\bCommunity|\bNetwork|\bKollaboration|\bConsorcio|\bColaboración)\s*$"
)
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]{2,4}")
_FIRST_OF_HAN: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷"
    "侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤师張劉陳楊黃趙吳孫馬鄭謝羅許韓馮鄧蕭葉蘇呂盧鍾譚陸賈鄒閻龍賀顧龔萬錢嚴湯師"
)
"""The commonest surnames of Chinese, and the first characters of those of two."""
_FIRST_OF_HANGUL: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모남궁"
)
_CLIPPED: Final = frozenset({"'t", "’t", "‘t", "'s", "’s"})
"""Particles that lost their beginning."""
_ELIDED: Final = re.compile(r"[^\W\d_]{1,6}['’](?=[^\W\d_])")
"""A particle that lost its vowel, as in `d'Este`; after it a name starts."""
_MISREAD: Final = re.compile(r"[ÂÃÄÅ][^\w\s.,;()'’-]")
"""A letter with an accent whose two bytes a page shows as two signs."""
_JOINTS: Final = frozenset("-.'’‐‑ʼ`´·")


@lru_cache(maxsize=1024)
def is_name(text: str) -> bool:
    """Tell whether a text can be one person's full name: 2 to 6 words, each a name part, an initial or a particle.

    In scripts that write a name as one word, that word does where it begins as names do.

    >>> [is_name(t) for t in ("Mark van der Laan", "YU HUANG", "Shahul ES", "Fei-Fei Li", "J. R. R. Tolkien", "李明")]
    [True, True, True, True, True, True]
    >>> [is_name(t) for t in ("Machine Learning", "the authors", "Room 12", "Computer Vision & AI", "学习")]
    [False, False, False, False, False]
    """
    bare = bare_name(text)
    parts = bare.split()
    if len(parts) == 1:
        return _is_one_word_name(bare)
    if not 2 <= len(parts) <= _MAX_NAME_WORDS or "," in bare or not all(map(_is_name_part, parts)):
        return False
    if _is_common(parts):
        return False
    own = next((i for i, part in enumerate(parts) if part.casefold() not in PARTICLES), len(parts))
    opens = not parts[own][0].islower() if 0 < own <= len(parts) - 2 else not parts[0][0].islower()
    return opens and (parts[0][0].isalpha() or parts[0][0] in "'’‘") and is_surname(parts[-1])


def bare_name(text: str) -> str:
    """Cut the titles before a name and the degrees after it.

    >>> bare_name("Prof. Dr. Ada Lovelace, PhD")
    'Ada Lovelace'
    """
    bare = text.strip()
    if ranks := RANKS.match(bare):
        bare = bare[ranks.end() :]
    return re.sub(rf",\s*{SUFFIX}$", "", bare)


def is_lower_case_name(text: str) -> bool:
    """Tell whether a text can be a name that the page prints without capitals: 2 or 3 words, none of them a word of other lists.

    Ask only where people are listed: most words of two or three would do.

    >>> is_lower_case_name("ada lovelace"), is_lower_case_name("machine learning"), is_lower_case_name("Ada Lovelace")
    (True, False, False)
    """
    parts = text.split()
    return 2 <= len(parts) <= _LOWER_NAME_WORDS and all(map(is_lower_part, parts))


def is_lower_part(part: str) -> bool:
    """Tell whether a word in lower case can be a part of a name."""
    letters = part.replace("-", "").replace("'", "").replace("’", "")
    return (
        letters.isalpha()
        and letters.islower()
        and len(letters) > 1
        and not any(part in words for words in (_NO_PART, _NOT_LOWER_NAMES, common_words()))
    )


def is_surname(part: str) -> bool:
    """Tell whether a word can close a name."""
    if not _is_name_part(part):
        return False
    elided = _ELIDED.match(part)
    return not part[0].islower() or (elided is not None and not part[elided.end()].islower())


def is_capitalised(name: str) -> bool:
    """Tell whether a name that may be a word too (`Poster`, `Deep`) is written as names are."""
    parts = name.split()
    return len(parts) <= _MAX_NAME_WORDS and all(p[0].isupper() and all(c.isalpha() or c in ".-'’" for c in p) for p in parts)


def is_group(name: str) -> bool:
    """Tell whether a name in a list of people is that of a group.

    >>> is_group("the ATLAS Collaboration"), is_group("Gemini Team"), is_group("Ada Lovelace")
    (True, True, False)
    """
    return bool(_GROUP.search(name)) and len(name.split()) > 1


def in_title_case(text: str) -> bool:
    """Tell whether most long words of a text start with a capital; a script without capitals has no such case.

    >>> in_title_case("Cards That Weave"), in_title_case("We weave with cards"), in_title_case("機械の夢")
    (True, False, False)
    """
    long = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word[0].isupper() or word[0].islower()]
    return bool(long) and 2 * sum(word[0].isupper() for word in long) > len(long)


def has_case(text: str) -> bool:
    """Tell whether a text holds letters that come in capitals and small ones."""
    return any(c.isupper() or c.islower() for c in text)


@cache
def common_words() -> frozenset[str]:
    """Read the words of the language that are hardly ever parts of names."""
    text = (resources.folder("data/gazetteers") / "words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.split("\n") if not line.startswith("#") for word in line.split())


def _is_common(parts: Sequence[str]) -> bool:
    """Tell whether most words of a would-be name are words of the language."""
    words = [word for part in parts for word in re.findall(r"[^\W\d_]{2,}", part.casefold()) if word not in PARTICLES]
    return bool(words) and sum(word in common_words() for word in words) >= _COMMON_SHARE * len(words)


def _is_name_part(part: str) -> bool:
    bare = _MISREAD.sub("e", part.strip(".,'’‘()\"“”"))
    if not bare or not all(c.isalpha() or c in _JOINTS or unicodedata.category(c).startswith("M") for c in bare):
        return False
    if part in _CLIPPED or bare.casefold() in PARTICLES or (len(bare) == 1 and bare.isupper()):
        return True
    if bare == "AI" or bare.casefold() in _NO_PART:  # Ai is a surname
        return False
    return not bare[0].islower() or "’" in bare or "'" in bare


def _is_one_word_name(text: str) -> bool:
    """Read a name in Chinese or Korean, or a Japanese one without kana: a surname and one to three characters."""
    if _HANGUL.fullmatch(text):
        return text[0] in _FIRST_OF_HANGUL
    return bool(_HAN.fullmatch(text)) and text[0] in _FIRST_OF_HAN and 2 <= len(text) <= 4 and count_words(text) < 3
