//! `bindgen INPUT.wasm OUT_DIR`: writes the client for the browser. `stafett.js` and `stafett_bg.wasm` are
//! what every page needs; `__wasm_split.js` loads the other `.wasm` files, which hold what only functions
//! with `#[wasm_split]` reach.
//!
//! The command-line tool named wasm-bindgen must match the library's version to the letter; a member of
//! this workspace always does.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    match build(Path::new(&input), Path::new(&output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn build(input: &Path, output: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(output)?;
    let main = output.join("main.wasm");
    let whole = std::fs::read(input)?;
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = output;
    options.main_out_path = &main;
    options.main_module = "./stafett.js";
    wasm_split_cli_support::transform(options)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&main)
        .out_name("stafett")
        .typescript(false)
        .remove_producers_section(true)
        // The parts find what they share with the main one by its exports.
        .keep_lld_exports(true)
        .demangle(false)
        .web(true)?
        .generate(output)?;
    std::fs::remove_file(main)?;
    Ok(())
}
