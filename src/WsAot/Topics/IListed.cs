namespace WsAot.Topics;

/// <summary>A member of a list that knows its place, so that it can be removed in constant time.</summary>
internal interface IListed
{
    /// <summary>Its index in the list.</summary>
    int Index { get; set; }
}
