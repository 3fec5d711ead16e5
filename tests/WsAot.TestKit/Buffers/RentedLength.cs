namespace WsAot.TestKit.Buffers;

/// <summary>How long the arrays of a <see cref="PoisoningPool"/> are. Code that rents must work with each of them.</summary>
public enum RentedLength
{
    /// <summary>As long as asked for, so that code that writes too much reaches the end of the array.</summary>
    Exact,

    /// <summary>The next power of two, 16 or more, as in .NET's shared pool.</summary>
    PowerOfTwo,

    /// <summary>Up to seven bytes longer than asked for: neither of the other two.</summary>
    OddlyLonger,
}
