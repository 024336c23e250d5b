import codecs

import pytest

from briefs.documents import decoding
from briefs.errors import DocumentError

UKRAINIAN = "Міністр закордонних справ прибув до Львова. Він сказав, що завод збудують. Ґанок є."
RUSSIAN = "Министр иностранных дел прибыл во Львов. Он сказал, что завод построят в этом году."
JAPANESE = "大臣は会議で工場を建設すると述べた。計画は来年始まる。協力を強化する。"
ENGLISH = "The minister said that the factory will be built."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "utf-8"),
        (UKRAINIAN, "utf-8-sig"),
        (UKRAINIAN, "utf-16"),
        (UKRAINIAN, "utf-16-le"),
        (UKRAINIAN, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (JAPANESE + "\n" + JAPANESE, "utf-16-le"),
        (UKRAINIAN, "utf-32"),
        (UKRAINIAN, "koi8-u"),
        (UKRAINIAN, "cp1251"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE + " ウクライナとトルコは関係を強化している。", "euc_jp"),
        (JAPANESE, "iso2022_jp"),
    ],
)
def test_each_encoding_is_read(text, encoding):
    assert decoding.decode(text.encode(encoding), name="a.txt") == text


def test_a_declared_encoding_is_believed_where_it_fits():
    data = "Kyjev koupí letadla, řekl.".encode("cp1250")

    assert decoding.decode(data, name="a.html", declared="windows-1250").endswith("řekl.")


@pytest.mark.parametrize("declared", ["rot13", "unicode_escape", "utf-7", "punycode", "\x00", "?"])
def test_a_declared_codec_that_is_no_encoding_is_passed_over(declared):
    data = UKRAINIAN.encode("koi8-u")

    assert decoding.decode(data, name="a.html", declared=declared) == UKRAINIAN


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"%PDF-1.7\n%",
        b"PK\x03\x04\x14\x00",
        b"\x1f\x8b\x08\x00",
        b"words \x00\x01\x02\x03 and \x00 more",
        bytes(range(1, 32)) * 20,
        "Привіт".encode("cp1251"),
        "Привіт, світе".encode() + b"\xff\xfe\xc1",
        codecs.BOM_UTF8 + b"caf\xe9",
        codecs.BOM_UTF16_LE + b"a",
    ],
)
def test_what_is_not_certainly_text_is_refused_in_a_sentence(data):
    with pytest.raises(DocumentError, match=r"^a\.txt: is .*: .*\.$"):
        decoding.decode(data, name="a.txt")
