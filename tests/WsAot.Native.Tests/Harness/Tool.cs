namespace WsAot.Native.Tests.Harness;

/// <summary>What a test needs on the machine besides the SDK and a C compiler.</summary>
[Flags]
public enum Tool
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Node.js and npm, for the package ws.</summary>
    Node = 1,

    /// <summary>Python with the library websockets.</summary>
    Python = 2,

    /// <summary>A Chromium that playwright can drive.</summary>
    Chromium = 4,

    /// <summary>valgrind, whose callgrind counts instructions.</summary>
    Valgrind = 8,
}
