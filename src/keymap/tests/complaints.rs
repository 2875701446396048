//! Every complaint, whole.

use super::read;

#[test]
fn every_mistake_is_named_with_its_line_and_what_to_do() {
    #[track_caller]
    fn check(user: &str, said: &[&str]) {
        assert_eq!(read(user).1, said, "{user}");
    }
    check(
        "[reading]\nj = 'line-dwn'",
        &["keymap.toml:2: no command is called `line-dwn`; did you mean `line-down`?"],
    );
    check(
        "[reading]\nj = 'frobnicate'",
        &["keymap.toml:2: no command is called `frobnicate`; `ibid keys --default` shows them all"],
    );
    check(
        "[reading]\nj = 'noting'",
        &["keymap.toml:2: no command is called `noting`; did you mean `nothing`?"],
    );
    check(
        "[any]\nPagDown = 'help'",
        &["keymap.toml:2: no key is called `PagDown`; did you mean `PageDown`?"],
    );
    check(
        "[any]\nCtrl-PagDown = 'help'",
        &["keymap.toml:2: no key is called `Ctrl-PagDown`; did you mean `Ctrl-PageDown`?"],
    );
    check("[any]\ngg = 'text-start'", &["keymap.toml:2: no key is called `gg`; did you mean `g g`?"]);
    check("[any]\n' ' = 'page-up'", &["keymap.toml:2: no key is called ` `; did you mean `Space`?"]);
    check(
        "[any]\nHyper-x = 'help'",
        &[
            "keymap.toml:2: no key is called `Hyper-x`; keys are written like `g`, `Space`, `Ctrl-f`, `Shift-Tab`",
        ],
    );
    check(
        "[any]\n'' = 'help'",
        &["keymap.toml:2: no key is called ``; keys are written like `g`, `Space`, `Ctrl-f`, `Shift-Tab`"],
    );
    check(
        "\n[redaing]\nj = 'help'",
        &["keymap.toml:2: there is no table [redaing]; did you mean [reading]?"],
    );
    check(
        "[vim]\nj = 'help'",
        &[
            "keymap.toml:1: there is no table [vim]; the tables are [any], [reading], [note], [select], [list], [prompt], [help]",
        ],
    );
    check("[[any]]\nj = 'help'", &["keymap.toml:1: `any` is a table; write [any] above its keys"]);
    check("preset = 'lss'", &["keymap.toml:1: no preset is called `lss`; did you mean `less`?"]);
    check("preset = 'emacs'", &["keymap.toml:1: no preset is called `emacs`; the presets are: less"]);
    check("preset = 1", &["keymap.toml:1: `preset` needs a name in quotes, as in preset = \"less\""]);
    check("[any]\npreset = 'less'", &["keymap.toml:2: `preset` belongs above the first table"]);
    check(
        "citation = 'markdwn'",
        &["keymap.toml:1: no style of citation is called `markdwn`; did you mean `markdown`?"],
    );
    check(
        "citation = 'apa'",
        &[
            "keymap.toml:1: no style of citation is called `apa`; the styles are: text, markdown, bibtex, csl-json",
        ],
    );
    check(
        "citation = true",
        &["keymap.toml:1: `citation` needs a name in quotes, as in citation = \"markdown\""],
    );
    check("[any]\ncitation = 'text'", &["keymap.toml:2: `citation` belongs above the first table"]);
    check(
        "citaton = 'text'",
        &["keymap.toml:1: `citaton` stands above the first table; did you mean `citation`?"],
    );
    check("prest = 'less'", &["keymap.toml:1: `prest` stands above the first table; did you mean `preset`?"]);
    check(
        "j = 'line-up'",
        &["keymap.toml:1: `j` stands above the first table; write it under [any], [reading] or another"],
    );
    check(
        "[reading]\nx = 'delete-word'",
        &["keymap.toml:2: `delete-word` means nothing in [reading]; it belongs in [prompt]"],
    );
    check(
        "[help]\nx = 'search'",
        &["keymap.toml:2: `search` means nothing in [help]; it belongs in [reading] or [note]"],
    );
    check(
        "[any]\nx = 'cursor-left'",
        &["keymap.toml:2: `cursor-left` means nothing in [any]; it belongs in [prompt]"],
    );
    check(
        "[reading]\nj = 5\nk = ['line-up']",
        &[
            "keymap.toml:2: `j` needs the name of a command in quotes, as in \"j\" = \"help\"",
            "keymap.toml:3: `k` needs the name of a command in quotes, as in \"k\" = \"help\"",
        ],
    );
    check(
        "[reading]\n'g g' = 'text-start'",
        &[
            "keymap.toml:2: `g g` cannot be typed, because `g` by itself is `section-start` in [reading]; unbind that or choose other keys",
        ],
    );
    check(
        "[any]\n'q q' = 'redraw'",
        &[
            "keymap.toml:2: `q q` cannot be typed, because `q` by itself is `quit` in [any]; unbind that or choose other keys",
        ],
    );
    check(
        "[note]\n'z z' = 'redraw'\nz = 'redraw'",
        &[
            "keymap.toml:2: `z z` cannot be typed, because `z` by itself is `redraw` in [note]; unbind that or choose other keys",
        ],
    );
    check("[any]\n'z a b c d e' = 'redraw'", &["keymap.toml:2: a sequence has at most 5 keys"]);
    check(
        "[reading]\nTab = 'search'\nCtrl-i = 'contents'\n",
        &["keymap.toml:3: `Ctrl-i` is the same key as on line 2; the first one counts"],
    );
    check(
        "[reading]\n'x' = 'search'\n# x\n\"x\" = 'contents'",
        &["keymap.toml:4: `x` is written a second time in this table; the first one counts"],
    );
    check(
        "[reading]\nx = 'search'\n[any]\n[reading]\nz = 'search'",
        &["keymap.toml:4: the table [reading] is begun a second time; join the two"],
    );
    check("[any]\nCtrl-c = 'nothing'", &["keymap.toml:2: `Ctrl-c` always quits; it can be nothing else"]);
    check("[any]\n'z Ctrl-c' = 'redraw'", &["keymap.toml:2: `Ctrl-c` always quits; it can be nothing else"]);
    check(
        "[prompt]\nCtrl-c = 'accept'",
        &["keymap.toml:2: `Ctrl-c` always leaves a prompt; it can be nothing else"],
    );
    check("[prompt]\nq = 'leave'", &["keymap.toml:2: `q` types itself in a prompt; it can be nothing else"]);
    check("[any]\n5 = 'redraw'", &["keymap.toml:2: `5` begins a count; it can be nothing else"]);
    check(
        "[reading]\nj = 'line-up'\n? = 'help'",
        &[
            "keymap.toml:3: this is not TOML: invalid unquoted key, expected letters, numbers, `-`, `_`; the default keys stay until it is mended",
        ],
    );
    check(
        "[any]\n'\u{1b}[31m' = '\u{202e}'".replace("\u{1b}", "\\u001B").replace('\'', "\"").as_str(),
        &[
            "keymap.toml:2: no key is called `\\u{1b}[31m`; keys are written like `g`, `Space`, `Ctrl-f`, `Shift-Tab`",
        ],
    );
    check(
        "[any]\nx = 'qit'\n'?' = 'nothing'\nF1 = 'nothing'\n[list]\n'?' = 'help'\n",
        &[
            "keymap.toml:2: no command is called `qit`; did you mean `quit`?",
            "keymap.toml: no key was left for `help` in [reading], [note], [select], [help]; its default keys are back",
        ],
    );
}
