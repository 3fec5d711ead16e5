namespace WsAot.Fuzz.Sessions;

/// <summary>What is broken on purpose, for tests of the fuzzer: each must be found.</summary>
internal enum SessionFault
{
    None,
    EchoIsCorrupted,
    EchoIsLost,
    EchoIsDoubled,
    BufferIsKept,
    CloseIsToldTwice,
    ErrorIsLogged,
    BystanderIsClosed,
    ServersWindowIsForgotten,
    ClientsWindowIsForgotten,
}
