namespace WsAot.Hosting.Tests;

/// <summary>Says what it was given, and that its scope is its own.</summary>
[WsRoute("/greet")]
public sealed class Greeter(WsConnection connection, Greeting greeting, Visit visit)
{
    [OnText]
    public void Said(string name) => connection.Send($"{greeting.Word} {name} {visit.Number}");
}
