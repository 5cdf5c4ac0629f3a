//! Compiles the screens in `ui/`, with their translations inside.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = slint_build::CompilerConfiguration::new()
        .with_bundled_translations("ui/lang")
        .with_default_translation_context(slint_build::DefaultTranslationContext::None)
        .with_style("fluent-light".into());
    slint_build::compile_with_config("ui/app-window.slint", config)?;
    Ok(())
}
