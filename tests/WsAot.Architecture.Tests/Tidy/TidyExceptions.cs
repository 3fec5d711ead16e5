namespace WsAot.Architecture.Tests.Tidy;

/// <summary>Where a rule does not hold. One that is not needed any more fails the tests, so that the list only shrinks by itself.</summary>
internal static class TidyExceptions
{
    public static TidyException[] All { get; } =
    [
        new("member length", "tests/WsAot.Conformance/Cases", "A method lists the cases of one section, one after the other."),
        new("member length", "tests/WsAot.Transport.Tests/Epoll/InteropTests.cs", "A table of constants."),
        new(
            "test names",
            "tests/WsAot.Generators.Tests/Describing",
            "Named after the snapshots that lie beside them, which are renamed together."),
    ];
}
