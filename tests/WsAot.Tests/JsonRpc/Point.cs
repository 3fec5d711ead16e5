namespace WsAot.Tests.JsonRpc;

public sealed record Point(int X, int Y);
