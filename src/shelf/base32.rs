//! Bytes as lower-case letters and figures, for names of folders and records.

/// Crockford's alphabet: no `i`, `l`, `o`, `u`, and in the order of ASCII, so that names sort as their bytes do.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Five bits a character, the last one filled up with zeros: 16 bytes make 26 characters.
pub fn encode(bytes: &[u8]) -> String {
    let five = |bit: usize| {
        let (at, within) = (bit / 8, bit % 8);
        let pair = u16::from_be_bytes([bytes[at], bytes.get(at + 1).copied().unwrap_or(0)]);
        char::from(ALPHABET[usize::from(pair >> (11 - within)) & 31])
    };
    (0..bytes.len() * 8).step_by(5).map(five).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_bytes() {
        assert_eq!(encode(b""), "");
        assert_eq!(encode(&[0xff]), "zw");
        assert_eq!(encode(b"foobar"), "csqpyrk1e8");
        assert_eq!(encode(&[0; 16]).len(), 26);
    }

    proptest! {
        #[test]
        fn names_sort_as_their_bytes(a: [u8; 16], b: [u8; 16]) {
            prop_assert_eq!(a.cmp(&b), encode(&a).cmp(&encode(&b)));
        }
    }
}
