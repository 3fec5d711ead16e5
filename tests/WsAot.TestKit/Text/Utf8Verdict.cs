namespace WsAot.TestKit.Text;

/// <summary>The verdict on bytes as UTF-8.</summary>
public enum Utf8Verdict
{
    /// <summary>A complete text.</summary>
    Complete,

    /// <summary>The beginning of text that ends within a character.</summary>
    Open,

    /// <summary>Not the beginning of any text.</summary>
    Impossible,
}
