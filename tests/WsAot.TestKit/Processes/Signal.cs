namespace WsAot.TestKit.Processes;

/// <summary>The signals that tests send; the numbers are Linux's.</summary>
public enum Signal
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    User2 = 12,
    Terminate = 15,
}
