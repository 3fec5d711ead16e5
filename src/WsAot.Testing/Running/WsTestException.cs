namespace WsAot.Testing;

/// <summary>
/// What a test expected did not happen. The message says what came instead, how the connection ended, which handlers are busy, and what the
/// server logged at warning and above.
/// </summary>
public sealed class WsTestException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public WsTestException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was expected, and what came instead.</param>
    public WsTestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">What was expected, and what came instead.</param>
    /// <param name="innerException">What a handler has thrown; null if none has.</param>
    public WsTestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
