namespace WsAot.Architecture.Tests.Tidy;

/// <summary>Where a rule does not hold. One that is not needed any more fails the tests, so that the list only shrinks by itself.</summary>
internal static class TidyExceptions
{
    private const string Divided = "Divided when its parts get files of their own.";
    private const string Wrapped = "Wrapped once, when the folders have their new shape.";

    public static TidyException[] All { get; } =
    [
        new("line width", "generators", Wrapped),
        new("line width", "src", Wrapped),
        new("line width", "tests", Wrapped),
        new(
            "file length",
            "generators/WsAot.Generators/KnownTypes.cs",
            "A list of the names that generated code uses: there is nothing to divide."),
        new("file length", "src/WsAot.Protocol/Messages/MessageReceiver.cs", Divided),
        new("file length", "src/WsAot.Transport/TransportConnection.cs", Divided),
        new("file length", "src/WsAot.Transport/TransportLoop.cs", Divided),
        new("file length", "src/WsAot/Http/HttpSession.cs", Divided),
        new("file length", "src/WsAot/Sessions/Session.Input.cs", Divided),
        new("file length", "src/WsAot/WsServer.cs", Divided),
        new("member length", "tests/WsAot.Conformance/Cases/ClosingCases.cs", Divided),
        new("member length", "tests/WsAot.Transport.Tests/Epoll/InteropTests.cs", Divided),
        new(
            "test names",
            "tests/WsAot.Generators.Tests/Describing",
            "Named after the snapshots that lie beside them, which are renamed together."),
        new("test names", "tests/WsAot.Transport.Tests", "Renamed when the contract of the transports is divided."),
    ];
}
