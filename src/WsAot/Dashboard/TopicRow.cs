namespace WsAot.Dashboard;

/// <summary>A topic.</summary>
internal sealed record TopicRow(string Topic, int Subscribers);
