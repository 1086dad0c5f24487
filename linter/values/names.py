"""Names and other texts that are right or wrong as a whole: no value is read from them."""

from __future__ import annotations

from binascii import a2b_base64
from typing import Final

FILLED_IN_LATER: Final = ("ENC[", "<path:", "ref+", "op://", "vault:")
"""What sops, argocd-vault-plugin, vals, the 1Password and the Vault injector leave in the place of a secret value."""

_MARKS = ("<", "$")
"""Of placeholders such as `<password>` and of `$ANSIBLE_VAULT`; base64 has neither."""

_HEX = "0123456789abcdefABCDEF"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def is_name(text: str) -> bool:
    """A DNS-1123 subdomain of any length: names of objects, nodes, filters, communities (calico-fields §1, §9.5)."""
    return all(map(_is_name_part, text.split(".")))


def is_label_key(text: str) -> bool:
    """A Kubernetes qualified name: an optional DNS-1123 prefix of at most 253 and `/`, then a name of 1 to 63."""
    prefix, slash, name = text.rpartition("/")
    return bool(name) and is_label_value(name) and (not slash or (len(prefix) <= 253 and is_name(prefix)))


def is_label_value(text: str) -> bool:
    """Empty, or at most 63 letters, digits and `-_.` that begin and end with a letter or digit (selector §8)."""
    if not text:
        return True
    return len(text) <= 63 and text[0].isalnum() and text[-1].isalnum() and _is_word(text, "-_.")


def is_annotation_key(text: str) -> bool:
    """A qualified name once it is in lower case (calico-fields §1)."""
    return is_label_key(text.lower())


def is_interface(text: str) -> bool:
    """An interface name or pattern of 1 to 15 characters, `*` for any text, also alone (calico-fields §9.5)."""
    return len(text) <= 15 and _is_word(text, "_.*-")


def is_ignored_interface(text: str) -> bool:
    """As `is_interface`, but not a lone `*`, which would ignore them all (calico-fields §9.5)."""
    return text != "*" and is_interface(text)


def is_mac(text: str) -> bool:
    """A hardware address of 6, 8 or 20 bytes as Go's net.ParseMAC reads it.

    Pairs are separated by `:` or `-`, fours by `.`; from Go 1.26, which builds Calico 3.33, bare digits pass too.
    """
    separator = next((mark for mark in ":-." if mark in text), "")
    width = {":": 2, "-": 2, ".": 4, "": len(text)}[separator]
    groups = text.split(separator) if separator else [text]
    sized = len(groups) * width in {12, 16, 40} and all(len(group) == width for group in groups)
    return sized and not any(group.strip(_HEX) for group in groups)


def is_wireguard_key(text: str) -> bool:
    """32 bytes in padded base64; Go's decoder skips line breaks (calico-fields §5.1)."""
    key = text.replace("\r", "").replace("\n", "")
    return len(key) == 44 and key[-1] == "=" and not key[:-1].strip(_BASE64)


def is_secret_key(text: str) -> bool:
    """A key of a Secret: 1 to 253 letters, digits and `-._` (calico-fields §6)."""
    return len(text) <= 253 and _is_word(text, "-._")


def is_secret_data(text: str) -> bool:
    """Padded base64 with line breaks anywhere, as Go reads it, or what a tool will replace (calico-fields §6)."""
    if text.startswith((*FILLED_IN_LATER, *_MARKS)):
        return True
    try:
        a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True)
    except ValueError:
        return False
    return True


def is_on_one_line(selector: str) -> bool:
    """Whether a selector has no line break outside its quotes, where Calico takes it for an error (selector §1)."""
    if "\n" not in selector and "\r" not in selector:
        return True
    quote = ""
    for character in selector:
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "\n\r":
            return False
    return True


def _is_name_part(text: str) -> bool:
    plain = text.replace("-", "0")
    return plain.isascii() and plain.isalnum() and text == text.lower() and "-" not in (text[0], text[-1])


def _is_word(text: str, marks: str) -> bool:
    for mark in marks:
        text = text.replace(mark, "0")
    return text.isascii() and text.isalnum()
