namespace TemplateNamespace.Chatting;

/// <summary>The section <c>chat</c> of the settings.</summary>
/// <param name="Welcome">What everybody hears first.</param>
internal sealed record ChatSettings(string Welcome);
