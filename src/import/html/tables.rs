//! Tables of data told from tables that lay out a page.

use super::names;
use super::tree::{Id, Step, Tree};
use std::collections::HashSet;

/// The longest cell of a table of data, in characters.
const LONGEST_CELL: usize = 600;

/// A table that is open in the walk.
#[derive(Default)]
struct Open {
    table: Option<Id>,
    rows: usize,
    cells: usize,
    widest: usize,
    words: usize,
    /// Whether it has a head, as tables of data have.
    headed: bool,
    layout: bool,
}

/// The tables whose cells are to be read as blocks of the text.
pub(super) fn layout(tree: &Tree) -> HashSet<Id> {
    let mut found = HashSet::new();
    let mut open: Vec<Open> = Vec::new();
    for step in tree.pages.iter().flat_map(|page| tree.walk(*page)) {
        match step {
            Step::Enter(id) => {
                let name = tree.name(id);
                if name == "table" {
                    if let Some(outer) = open.last_mut() {
                        outer.layout = true;
                    }
                    let layout = tree.has(id, "role", &["presentation", "none"]);
                    open.push(Open { table: Some(id), layout, ..Open::default() });
                    continue;
                }
                let Some(table) = open.last_mut() else { continue };
                match name {
                    "thead" => table.headed = true,
                    "tr" => {
                        table.rows += 1;
                        table.cells = 0;
                    }
                    "td" | "th" => {
                        table.cells += 1;
                        table.widest = table.widest.max(table.cells);
                        table.words = 0;
                    }
                    "blockquote" | "pre" | "article" | "section" | "figure" | "main" | "hr" => {
                        table.layout = true
                    }
                    _ if names::heading(tree, id).is_some() => table.layout = true,
                    _ => {
                        table.words += tree.words(id).map_or(0, |w| w.trim().len());
                        table.layout |= table.words > LONGEST_CELL && !table.headed;
                    }
                }
            }
            Step::Leave(id) => {
                if open.last().is_some_and(|t| t.table == Some(id))
                    && let Some(table) = open.pop()
                    && (table.layout
                        || !table.headed && (table.widest < 2 || table.rows < 2 && table.words > 120))
                {
                    found.insert(id);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tokens::parse;
    use super::*;

    #[test]
    fn tables_of_data_are_told() {
        let long = "words ".repeat(200);
        for (table, layouts) in [
            ("<table><tr><td>1<td>2<tr><td>3<td>4</table>".to_owned(), 0),
            ("<table><tr><td>1<tr><td>2</table>".to_owned(), 1),
            ("<table><thead><tr><th>1<tbody><tr><td>2</table>".to_owned(), 0),
            ("<table role=presentation><tr><td>1<td>2</table>".to_owned(), 1),
            (format!("<table><tr><td>menu<td>{long}</table>"), 1),
            ("<table><tr><td>1<td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>".to_owned(), 1),
        ] {
            let mut tree = Tree::default();
            parse(&mut tree, &table, true);
            assert_eq!(layout(&tree).len(), layouts, "{table}");
        }
    }
}
