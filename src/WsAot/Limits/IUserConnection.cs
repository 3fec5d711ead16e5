namespace WsAot.Limits;

/// <summary>A connection of a user.</summary>
internal interface IUserConnection
{
    /// <summary>A newer connection of the same user takes its place. Any thread.</summary>
    void OnReplaced();
}
