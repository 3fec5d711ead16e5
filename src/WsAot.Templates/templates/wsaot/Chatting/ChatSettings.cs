namespace TemplateNamespace.Chatting;

/// <summary>The section <c>chat</c> of the settings.</summary>
/// <param name="Welcome">The first message to each client.</param>
internal sealed record ChatSettings(string Welcome);
