namespace WsAot;

/// <summary>
/// The store of a topic with history cannot be reached, or does not take a message: it was not published; or it was, but the store's answer
/// was lost, and what you know is that nobody has confirmed it.
/// </summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The cause; null if there is none.</param>
public sealed class WsTopicUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
