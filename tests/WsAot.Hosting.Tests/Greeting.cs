namespace WsAot.Hosting.Tests;

/// <summary>A singleton of the host.</summary>
public sealed record Greeting(string Word);
