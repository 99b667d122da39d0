//! The binary: hands the arguments and the standard streams to [`onrecord::cli`], and its exit code to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    onrecord::cli::main()
}
