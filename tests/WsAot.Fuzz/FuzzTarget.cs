using WsAot.Fuzz.Support;

namespace WsAot.Fuzz;

/// <summary>One thing that is fuzzed. An input is bytes, whatever they mean to the target; every sequence of bytes is one.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Names the target on the command line and its folders of seeds and regressions.</summary>
    public abstract string Name { get; }

    /// <summary>How many inputs the slice of every build tries: some ten seconds.</summary>
    public abstract int SliceInputs { get; }

    /// <summary>How many bytes belong together, counted from the end: runs of so many are dropped to make an input smaller.</summary>
    public virtual int Unit => 1;

    /// <summary>Makes an input that has the structure which the target expects, mostly.</summary>
    public abstract byte[] Generate(FuzzRandom random);

    /// <summary>Tries an input. What it does follows from the input alone.</summary>
    /// <returns>Null if all is as it should be; else what is not. An exception is a finding too.</returns>
    public abstract string? Check(byte[] input);
}
