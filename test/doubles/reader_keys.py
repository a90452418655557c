"""The record key of an encrypted image, by its password. Written from docs/format/keys.md alone, as named."""
import hashlib, re, struct, unicodedata
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from reader_volumes import ENCRYPTED, Refused, crc_matches, declare, parse, parse_list, read_at, require

KeyArea = declare("KeyArea", "8sQ16sI28x3840s188xI", "magic generation image_id slot_count slots crc")
Slot = declare("Slot", "BBBxHHI12x32s12s4x32s16s136x", "kind kdf log2n r p slot_id salt nonce wrapped_key tag")
PASSWORD, SCRYPT = 1, 1


def read_password(path):
    """ "Passwords": the secret that a password file holds."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = re.sub(r"\r?\n\Z", "", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(f"{path}: is not UTF-8") from None
    require(text and "\0" not in text, path, "holds no password")
    return unicodedata.normalize("NFC", text).encode()


def read_key(path, header, password_file):
    """The record key, for the file whose header this is; None where it is not encrypted."""
    if header.incompatible & ENCRYPTED:
        require(password_file, path, "is encrypted: --password-file is needed")
        return read_record_key(path, header.image_id, read_password(password_file))
    require(not password_file, path, "is not encrypted, though a password was given")


def read_record_key(path, image_id, secret):
    """ "The image key": tries the secret on each slot."""
    for slot in read_slots(path, image_id):
        image_key = may_be_tried(slot) and unwrap(slot, image_id, secret)
        if image_key:
            return HKDF(SHA256(), 32, image_id, b"lifeboat records 2").derive(image_key)
    require(False, path, "is not opened by this password")


def read_slots(path, image_id):
    """ "Key area": the slots of the valid copy with the higher generation."""
    copies = [data for data in (read_at(path, at, 4096) for at in (4096, 8192)) if crc_matches(data, 4092)]
    areas = [parse(KeyArea, data) for data in copies]
    valid = [area for area in areas if (area.magic, area.image_id, area.slot_count) == (b"LBKEYS\0\0", image_id, 15)]
    require(valid, path, "both copies of its key area are damaged")
    return parse_list(Slot, max(valid, key=lambda area: area.generation).slots)


def may_be_tried(slot):
    """ "Slots": a password's, of a kind that is known, within the bounds."""
    bounded = 10 <= slot.log2n <= 20 and 1 <= slot.p <= 16 and 1 <= slot.r and 128 * slot.r << slot.log2n <= 1 << 28
    return (slot.kind, slot.kdf) == (PASSWORD, SCRYPT) and bounded


def unwrap(slot, image_id, secret):
    """ "Slots": the image key, or None when the secret is not this slot's."""
    cost = {"n": 1 << slot.log2n, "r": slot.r, "p": slot.p, "maxmem": 1 << 29}
    wrapping_key = hashlib.scrypt(secret, salt=slot.salt, dklen=32, **cost)
    bound_to = image_id + struct.pack("<IB", slot.slot_id, slot.kind)
    try:
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped_key + slot.tag, bound_to)
    except InvalidTag:
        return None
