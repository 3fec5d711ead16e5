namespace WsAot.Testing.Tests.Handlers;

public sealed record Point(int X, int Y);
