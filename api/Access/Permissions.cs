namespace Gamification.Api;

/// <summary>What can be asked of this API, as permissions know it.</summary>
public enum Operation
{
    PostReceipts,
    PreviewReceipts,
    ReadBoards,
    ReadStores,
    ReadMember,
    ReadEntries,
    ClaimReceipt,
    EnrolCard,
    ReadTotals,
    ReadQuarantine,
    ManageKeys,
    MintTokens,
    PairScreens,
    ChoosePrivacy,
    ReadHistory,
    ReadProgramme,
    ChangeProgramme,
    RedeemRewards,
    TakeVouchers,
    ReadVoucherKeys,
    ManageVoucherKeys,
    ManageBookings,
    ManageAgents,
    GiveGestures,
    AdvanceSandbox,
    ReportEvents,
    SetSegments,
    ReadSegments,
    ReadCampaigns,
    Recognise,
    ReadChallenges,
    JoinChallenges,
    ManageChallenges,
    KeepBirthDate,
    DeclareIncidents,
}

/// <summary>
/// Who may do what, in one table. What the table cannot say: a till acts for its own store, a member reads, claims and redeems for itself only and asks for its own holidays,
/// and marketers and moderators see of a member what boards show of it.
/// </summary>
public static class Permissions
{
    public static bool Allow(Role role, Operation operation) => operation switch
    {
        Operation.PostReceipts => role is Role.Till,
        Operation.PreviewReceipts => role is Role.Till,
        Operation.ReadBoards => role is Role.Till or Role.Screen or Role.Member or Role.Marketer or Role.Moderator,
        Operation.ReadStores => role is Role.Till or Role.Screen or Role.Member or Role.Marketer or Role.Moderator,
        Operation.ReadMember => role is Role.Member or Role.Marketer or Role.Moderator,
        Operation.ReadEntries => role is Role.Member,
        Operation.ClaimReceipt => role is Role.Member,
        Operation.EnrolCard => role is Role.Marketer,
        Operation.ReadTotals => role is Role.Marketer,
        Operation.ReadQuarantine => role is Role.Moderator,
        Operation.ReadHistory => role is Role.Marketer or Role.Moderator,
        Operation.ChoosePrivacy => role is Role.Member,
        Operation.PairScreens => role is Role.Marketer or Role.Moderator,
        Operation.ReadProgramme => role is Role.Marketer,
        Operation.ChangeProgramme => role is Role.Marketer,
        Operation.RedeemRewards => role is Role.Member,
        Operation.TakeVouchers => role is Role.Till,
        Operation.ReadVoucherKeys => role is Role.Till,
        Operation.ManageBookings => role is Role.Marketer or Role.Moderator,
        Operation.GiveGestures => role is Role.Moderator,
        Operation.ReportEvents => role is Role.Service,
        Operation.SetSegments => role is Role.Service or Role.Marketer,
        Operation.ReadSegments => role is Role.Marketer,
        Operation.ReadCampaigns => role is Role.Marketer,
        Operation.Recognise => role is Role.Member or Role.Service or Role.Marketer,
        Operation.ReadChallenges => role is Role.Till or Role.Screen or Role.Member or Role.Marketer or Role.Moderator,
        Operation.JoinChallenges => role is Role.Member,
        Operation.ManageChallenges => role is Role.Marketer,
        Operation.KeepBirthDate => role is Role.Member or Role.Service,
        Operation.DeclareIncidents => role is Role.Marketer,
        _ => false,
    } || role == Role.Admin;
}
