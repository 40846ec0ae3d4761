//! `bindgen INPUT.wasm OUT_DIR`: writes `stafett.js` and `stafett_bg.wasm` for the browser.
//!
//! The command-line tool of the same name must match the library's version to the letter; a member
//! of this workspace always does.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    let made = bindgen
        .input_path(&input)
        .out_name("stafett")
        .typescript(false)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&output));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}
