using System.Text.Json.Serialization;

namespace WsAot.Tests.JsonRpc;

/// <summary>Written by the user's own code, which does not write a value.</summary>
/// <param name="Fault">What it does instead.</param>
[JsonConverter(typeof(FaultyConverter))]
public sealed record Faulty(string Fault);
