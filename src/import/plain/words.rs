//! Tables of words, as one writes them: parted by bars.

/// Whether a table has an entry.
pub(super) fn has(table: &'static str, entry: &str) -> bool {
    // Asked of every word of a text: an entry that begins otherwise is passed by without being cut out.
    let (mut rest, first) = (table, entry.as_bytes().first());
    loop {
        let tail = if rest.as_bytes().first() == first { rest.strip_prefix(entry) } else { None };
        if tail.is_some_and(|tail| tail.is_empty() || tail.starts_with('|')) {
            return true;
        }
        let Some(bar) = rest.bytes().position(|b| b == b'|') else { return false };
        rest = &rest[bar + 1..];
    }
}

/// The entries of a table.
pub(super) fn entries(table: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    table.split('|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_entries() {
        assert!(has("one|two words|three", "two words"));
        assert!(!has("one|two words", "two"));
        assert!(!has("one", ""));
    }
}
