namespace WsAot.Logging;

/// <summary>The format of the console log.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people to read.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
