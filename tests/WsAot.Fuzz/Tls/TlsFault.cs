namespace WsAot.Fuzz.Tls;

/// <summary>Faults on purpose, so that a test can see the target find them.</summary>
public enum TlsFault
{
    None,

    /// <summary>The server answers with a wrong byte now and then.</summary>
    WrongAnswer,

    /// <summary>The target expects the changed bytes as if the client had sent them.</summary>
    ChangedIsExpected,
}
