namespace WsAot.Soak.Wire;

/// <summary>The address of the server on the loopback interface.</summary>
/// <param name="UsesTls">Whether it is a <c>wss</c> address.</param>
internal readonly record struct ServerAddress(int Port, bool UsesTls = false);
