//! Compiles the screens in `ui/`, with their translations inside.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = slint_build::CompilerConfiguration::new()
        .with_bundled_translations("ui/lang")
        .with_default_translation_context(slint_build::DefaultTranslationContext::None)
        .with_style("fluent-light".into())
        // The played lunch and the tests find keys by label; an appliance needs none of that.
        .with_debug_info(std::env::var_os("CARGO_FEATURE_REHEARSAL").is_some());
    slint_build::compile_with_config("ui/app-window.slint", config)?;
    Ok(())
}
