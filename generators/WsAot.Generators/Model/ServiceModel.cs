namespace WsAot.Generators.Model;

/// <summary>What the message says if a required service is missing when the server starts.</summary>
/// <param name="TypeInMessage">The type as it is written in C#.</param>
/// <param name="Parameter">The name of the parameter.</param>
internal sealed record ServiceModel(string TypeInMessage, string Parameter);
