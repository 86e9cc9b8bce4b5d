//! Bytes as lower-case hexadecimal text.

pub fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// The first `count` bytes, for names and tags that need not tell all.
pub fn short_hex(bytes: &[u8], count: usize) -> String {
    hex(bytes.get(..count).unwrap_or(bytes))
}

/// The bytes of hexadecimal text of either case; `None`: it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    base16ct::mixed::decode_vec(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_what_is_no_hexadecimal_text_does_not() {
        assert_eq!(hex(&[0, 1, 254, 255]), "0001feff");
        assert_eq!(unhex("0001feFF").unwrap(), [0, 1, 254, 255]);
        assert_eq!(short_hex(&[1, 2, 3], 2), "0102");
        assert_eq!(short_hex(&[1], 2), "01");
        assert_eq!(unhex("abc"), None);
        assert_eq!(unhex("zz"), None);
    }
}
