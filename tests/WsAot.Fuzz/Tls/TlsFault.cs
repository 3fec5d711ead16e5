namespace WsAot.Fuzz.Tls;

/// <summary>What is wrong on purpose, so that a test sees the target find it.</summary>
public enum TlsFault
{
    None,

    /// <summary>The server answers with another byte now and then.</summary>
    WrongAnswer,

    /// <summary>What the client has changed is taken for what it has sent.</summary>
    ChangedIsExpected,
}
