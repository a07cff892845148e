"""What signers with known mistakes sign (SIG-001 to SIG-006)."""
import json
from urllib.parse import quote, quote_plus

from . import rsa
from .signed import put
from .steps import Group, canonical, joined, ordered, steps

RICH = [("time_stamp", "20261124112030"), ("mch_order_no", "00A b+c&d=\u00e9%20"), ("appid", "mch35005"), ("nonce_str", " 9f8E7d/6c5b4a39 "), ("lang", ""),
        ("Zone", "\u0e01\u6e2c\u8a66\U0001f600"), ("total_fee", "2000"), ("a", "1"), ("a1", "2")]


def mistakes():
    """What a signer with a known mistake signs; made here by Python, so that the doctor is checked by another hand."""
    group = Group("signature", "mistake-merchant-1024", "What mistaken signers sign", ["SIG-001", "SIG-002", "SIG-003", "SIG-004", "SIG-005", "SIG-006"], key="merchant-1024")
    name, key = "merchant-1024", rsa.key("merchant-1024")
    right = ordered(RICH)
    values = lambda change: joined([(n, change(v)) for n, v in right])
    one = lambda field, change: joined([(n, change(v) if n == field else v) for n, v in right])
    without = lambda pairs: [pair for pair in pairs if pair[1] != ""]
    glue = lambda pairs, joiner: joiner.join("=".join(pair) for pair in pairs)
    by_case = sorted(RICH, key=lambda p: p[0].lower())
    by_pair = sorted(RICH, key=lambda p: "=".join(p).encode())
    escaped = lambda v: quote(v, safe="-_.!~*'()")
    rows = [
        (["joined_with_ampersand"], glue(right, "&")), (["joined_with_comma"], glue(right, ",")), (["joined_with_newline"], glue(right, "\n")), (["joined_with_bar"], glue(right, "|")),
        (["no_equals"], "".join(n + v for n, v in right)), (["values_only"], "".join(v for _, v in right)), (["trailing_newline"], joined(right) + "\n"), (["trailing_ampersand"], joined(right) + "&"),
        (["text_upper_cased"], joined(right).upper()), (["text_lower_cased"], joined(right).lower()), (["keys_not_sorted"], joined(RICH)), (["sorted_case_insensitively"], joined(by_case)),
        (["sorted_by_pair"], joined(by_pair)), (["sorted_backwards"], joined(right[::-1])), (["empty_values_dropped"], joined(without(right))), (["values_percent_encoded"], values(escaped)),
        (["values_form_encoded"], values(lambda v: quote_plus(v).replace("%2A", "*").replace("~", "%7E"))), (["values_trimmed"], values(str.strip)), (["values_upper_cased"], values(str.upper)), (["values_lower_cased"], values(str.lower)),
        (["plus_as_space"], values(lambda v: v.replace("+", " "))), (["space_as_plus"], values(lambda v: v.replace(" ", "+"))), (["slashes_escaped"], values(lambda v: v.replace("/", "\\/"))),
        (["amount_as_float"], one("total_fee", lambda v: f"{v}.0")), (["amount_in_baht"], one("total_fee", lambda v: str(int(v) // 100))), (["time_stamp_with_s"], one("time_stamp", lambda v: f"{v}{v[-2:]}S")),
        (["order_number_left_out"], joined([p for p in right if p[0] != "mch_order_no"])), (["left_out_nonce_str"], joined([p for p in right if p[0] != "nonce_str"])),
        (["extra_version_3_0_0"], joined(ordered([*RICH, ("version", "3.0.0")]))), (["json_signed"], json.dumps(dict(right), ensure_ascii=False, separators=(",", ":"))),
        (["json_with_spaces_signed"], json.dumps(dict(right), ensure_ascii=False)), (["hex_digest_signed"], rsa.md5(joined(right).encode()).hex()), (["values_unicode_escaped"], values(lambda v: json.dumps(v)[1:-1])),
        (["empty_values_dropped", "joined_with_ampersand"], glue(without(right), "&")), (["keys_not_sorted", "joined_with_ampersand"], glue(RICH, "&")),
        (["values_percent_encoded", "joined_with_ampersand"], glue([(n, escaped(v)) for n, v in right], "&")), (["sorted_by_pair", "joined_with_ampersand"], glue(by_pair, "&")),
        (["sorted_case_insensitively", "joined_with_ampersand"], glue(by_case, "&")), (["empty_values_dropped", "keys_not_sorted"], joined(without(RICH))),
        (["joined_with_ampersand", "trailing_newline"], glue(right, "&") + "\n"), (["empty_values_dropped", "extra_version_3_0_0"], joined(ordered(without([*RICH, ("version", "3.0.0")])))),
        (["values_trimmed", "joined_with_ampersand"], glue([(n, v.strip()) for n, v in right], "&")),
    ]
    requirements = {"joined": "SIG-003", "sorted": "SIG-002", "keys": "SIG-002", "empty": "SIG-005"}
    for ids, text in rows:
        slug = "-and-".join(ids).replace("_", "-")
        broken = [requirements.get(one.split("_")[0], "SIG-004") for one in ids]
        group.add(slug, f"The signer made: {', '.join(ids)}.", ["other_text"], broken, result="invalid", reason="signature_wrong", params=[list(p) for p in RICH], pairs=[list(p) for p in right],
                  **steps(canonical(RICH), key), signature=rsa.sign(name, text.encode()), recovered=key.recovered(rsa.sign(name, text.encode())), mistakes=ids, signed_text=text)
    data = joined(right).encode()
    for ids, encoding in ((["signed_as_utf16le"], "utf-16-le"), (["signed_as_utf16be"], "utf-16-be")):
        signature = rsa.sign(name, joined(right).encode(encoding))
        put(group, ids[0].replace("_", "-"), f"The signer encoded the text as {encoding}.", ["other_text"], key, RICH, signature, "signature_wrong", mistakes=ids)
    for ids, params, encoding in ((["signed_as_latin1"], [("a", "caf\u00e9")], "latin-1"), (["signed_as_gbk"], [("a", "\u6d4b\u8bd5")], "gbk")):
        signature = rsa.sign(name, canonical(params).encode(encoding))
        put(group, ids[0].replace("_", "-"), f"The signer encoded the text as {encoding}.", ["other_text"], key, params, signature, "signature_wrong", mistakes=ids)
    assert data.decode() == joined(right)
    return group
