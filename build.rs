//! Rule files are embedded: a new or changed one means a new build.
fn main() {
    println!("cargo:rerun-if-changed=rules");
}
