namespace WsAot;

/// <summary>
/// The store of a topic with history cannot be reached, or did not confirm a message. The message may still have been published, if only
/// the store's answer was lost.
/// </summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The cause; null if there is none.</param>
public sealed class WsTopicUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
