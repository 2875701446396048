//! Tables of words, as one writes them: parted by bars.

/// Whether a table has an entry.
pub(super) fn has(table: &'static str, entry: &str) -> bool {
    entries(table).any(|e| e == entry)
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
