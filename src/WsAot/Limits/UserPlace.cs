namespace WsAot.Limits;

/// <summary>The place of one connection among those of its user. <see cref="UserLimits"/> changes it.</summary>
internal sealed class UserPlace(string user, IUserConnection connection)
{
    public string User => user;

    public IUserConnection Connection => connection;

    public UserPlace? Newer { get; set; }

    public UserPlace? Older { get; set; }

    /// <summary>Whether the place is counted.</summary>
    public bool IsTaken { get; set; }
}
