namespace WsAot.TestKit.Text;

/// <summary>What bytes are as UTF-8.</summary>
public enum Utf8Verdict
{
    /// <summary>Text, and whole.</summary>
    Complete,

    /// <summary>The beginning of text that ends within a character.</summary>
    Open,

    /// <summary>Not the beginning of any text.</summary>
    Impossible,
}
