using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

/// <summary>Read by the user's own code, which throws what its text says.</summary>
[JsonConverter(typeof(PickyConverter))]
public sealed record Picky(string Text);
