namespace WsAot.Fuzz.Sessions;

/// <summary>Faults on purpose, for tests of the fuzzer, which must find each of them.</summary>
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
