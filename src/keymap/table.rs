//! The tables of a keymap file, where a mode looks its keys up, and the one key that nobody may bind.

use std::fmt;

use super::key::{Code, Key};
use crate::command::{Command, Context};

/// The word that stands for a command where a key is taken away.
pub(super) const NOTHING: &str = "nothing";

/// A table of a keymap file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Table {
    /// What holds wherever one is, a prompt excepted.
    Any,
    /// What holds in one mode.
    Of(Context),
}

impl Table {
    /// Every table, in the order of the file.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Any].into_iter().chain(Context::ALL.map(Self::Of))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Of(context) => context.name(),
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::all().find(|table| table.name() == name)
    }

    /// The modes that it speaks of by its name.
    pub(super) fn contexts(self) -> impl Iterator<Item = Context> {
        Context::ALL.into_iter().filter(move |context| match self {
            Self::Any => *context != Context::Prompt,
            Self::Of(own) => *context == own,
        })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.name())
    }
}

/// Where a mode looks a key up: the first table that has it decides.
pub(super) fn tables(context: Context) -> &'static [Table] {
    match context {
        Context::Reading => &[Table::Of(Context::Reading), Table::Any],
        Context::Note => &[Table::Of(Context::Note), Table::Of(Context::Reading), Table::Any],
        Context::Select => &[Table::Of(Context::Select), Table::Any],
        Context::List => &[Table::Of(Context::List), Table::Any],
        Context::Prompt => &[Table::Of(Context::Prompt)],
        Context::Help => &[Table::Of(Context::Help), Table::Any],
    }
}

/// The key that always gets one out.
pub(super) fn interrupt_key() -> Key {
    Key::ctrl(Code::Char('c'))
}

/// What the key that always gets one out does in a mode.
pub(super) fn interrupt(context: Context) -> Command {
    match context {
        Context::Prompt => Command::Leave,
        Context::Reading | Context::Note | Context::Select | Context::List | Context::Help => Command::Quit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_is_found_by_its_name_and_looked_in_by_the_modes_it_speaks_of() {
        for table in Table::all() {
            assert_eq!(Table::named(table.name()), Some(table));
            assert_eq!(table.to_string(), format!("[{}]", table.name()));
            for context in Context::ALL {
                let inherits = (table, context) == (Table::Of(Context::Reading), Context::Note);
                let speaks = table.contexts().any(|own| own == context);
                assert_eq!(tables(context).contains(&table), speaks || inherits, "{table} {context:?}");
            }
        }
    }
}
