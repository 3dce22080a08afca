"""How agents ask for what is short: codes, dates, account numbers, postal codes, passwords."""

from tests.bench.redaction.generators.fresh.bank import phrases

CVV = phrases("""
    Then the three digits on the back there?
    What's the security code on that card?
    Flip it over for me. Last three numbers on the signature strip?
    The CVV, please?
    CVV?
    And the C V V on the back, madam?
    What's the CVC?
    Security code on the reverse?
    The little code on the back of the card, what does it say?
    Just the three digit security code now.
    Last thing from the card is the CVV number.
    If it's an Amex it's the four digits on the front, that security code.
    Could you read me the security number, top of the signature bit?
    It needs the verification code from the back of your card.
    And then the CVV for me, hon.
    Do you see the three numbers on the back of the card, my love?
    I'll also need the card's security code.
    The code behind the card, sir, three numbers.
    What about the CVV two, on the strip?
    Sorry, the CVV again?
""")
CVV_TOLD = phrases("""
    The CVV is {x}.
    The security code looks like {x}.
    On the back it says {x}, that's the security code.
    The three numbers on the back are {x}.
    And you'll want the CVV, {x}.
    My CVC is {x}.
    The card security code is {x} by the way.
""")
EXPIRY = phrases("""
    And when does the card expire?
    What's the expiry date on it?
    Expiration?
    Expiry?
    Expiration date, please, month and year.
    And the exp date on that?
    Valid through when?
    What does it say under valid thru?
    Good until when, that card?
    End date on the card, my love?
    When's it run out, the card?
    Can I have the expiry on the front?
    The month and the year it expires?
    It wants the expiration month and year.
    And the card is valid to?
    Then the expiry date, kindly.
    When does that one go out of date?
    Let me get the expiration date off of it.
    And the expiry date once more?
    Tell me the expiry, sir.
""")
EXPIRY_TOLD = phrases("""
    The card expires {x}.
    It expires {x}.
    Expiry date is {x}.
    My card's expiration is {x}.
    It's valid until {x}.
    The new card runs out {x}, if you need the expiry.
    Exp date {x}.
""")
PIN = phrases("""
    What's your PIN with us?
    Could you enter or tell me your PIN?
    Your telephone banking PIN, please?
    And the four digit PIN on the account?
    PIN number?
    Can you give me your PIN so I can get in?
    The PIN you set up with us?
    Please say your PIN.
    I need the account PIN, hon.
    You should have a security PIN on there. What is it?
    What PIN did you pick?
    Let me verify your PIN.
    Can I take the PIN you use for the phone service?
    And your PIN, sir?
    It's asking for a PIN, four numbers.
    Do you remember the PIN at all?
    Your voicemail PIN, what would you like it to be?
    The customer PIN, madam?
""")
PIN_TOLD = phrases("""
    My PIN for you lot is {x}.
    The PIN on the account is {x}.
    I set my PIN to {x}.
    I keep typing my PIN, {x}, and it won't take it.
    Can I change the PIN to {x}?
    My PIN number's {x}, does that help?
""")
ACCOUNT = phrases("""
    What would the account number be?
    And your account number, please?
    Account number?
    Could you read me the account number off the bill?
    It's on the top of your statement, the account number.
    Which account are we moving it from? The number?
    The checking account number at the bottom of the check?
    Bank account number, kindly?
    What's the number of the account it should go into?
    Can I have the eight digit account number?
    For the direct deposit I'd need your account number.
    Your current account number, my love?
    Do you have your account number to hand?
    And then the account number for the direct debit.
    Tell me the number of your savings account.
    I'll pull you up by account number.
    Let me get the account number from you real quick.
    And the bank account for the refund, what number?
    The account number, sir, take your time.
    Sorry, say the account number once more?
    Which bank account shall we pay the claim into?
    What account number do you see on the check?
""")
ACCOUNT_TOLD = phrases("""
    My account number, if it helps, is {x}.
    It's account number {x}.
    I want to close account {x}.
    Please pay it into my bank account, {x}.
    It's for the checking account, {x}.
    My savings account number is {x}.
    The account with you is {x}, I have the bill here.
    You can take the money from account number {x}.
""")
ROUTING = phrases("""
    And the routing number for that bank?
    What's the routing number?
    Routing number, please?
    Bottom left of the check, the nine digit routing number?
    Would you know the bank's routing number?
    The ABA number, if you have it?
    What's the A B A for the bank?
    And then I need the routing for the transfer.
    Could I have your routing number first?
    Routing?
    I need the routing and then the account. Routing first.
    Can you read the routing number off the check?
    May I have the routing number of the bank, sir?
    It's the first set of numbers on the check, that's your routing number.
    The routing number once more?
""")
ROUTING_TOLD = phrases("""
    The routing number is {x}.
    My bank's routing is {x}.
    Routing number on the check is {x}.
    The ABA is {x}.
    And routing {x}.
""")
SORT_CODE = phrases("""
    What's the sort code?
    And your sort code, please?
    Sort code?
    Could you give me the sort code on the card?
    The six digit sort code first, please.
    Sort code for that branch?
    And what sort code is it?
    I'll take the sort code now, my love.
    For the direct debit, the sort code?
    Can I have the bank sort code?
    It's three pairs of numbers, the sort code.
    The sort code once more?
    Let me have the sort code, please.
    Do you know your sort code at all?
    Which sort code should we pay it to?
""")
SORT_CODE_TOLD = phrases("""
    The sort code, that one's {x}.
    My branch's sort code is {x}.
    Sort code {x}.
    It's at the branch with sort code {x}.
    You need the sort code as well, {x}.
""")
ZIP = phrases("""
    What's the zip?
    And the zip code?
    Zip code?
    Billing zip?
    What's the billing zip code for that card?
    Zip code where the service is?
    Can I get your zip code?
    And what zip code do you live in?
    Let me check the zip code for coverage.
    Your five digit zip, please?
    Postal code for the card?
    Zip on the statement?
    What zip is that, hon?
    Please say your zip code.
    The zip code once more?
    Could you verify the zip code on the file?
""")
ZIP_TOLD = phrases("""
    My own zip code is {x}.
    We're over in zip code {x}.
    The billing zip is {x}.
    Zip is {x}.
    Do you deliver to zip code {x}?
""")
POSTCODE = phrases("""
    What's the postcode?
    And your postcode, please?
    Postcode?
    Could I take the postcode first?
    What's the post code there, my love?
    House number and postcode, or just the postcode will do.
    Can you confirm the postcode for me?
    I'll find you by postcode.
    The postcode where you want it delivered?
    Your full postcode, sir?
    And the postcode of the property?
    What postcode's the card registered to?
    The postcode once more?
    Tell me your postcode and I'll check what's available.
    And the post code on the bill?
""")
POSTCODE_TOLD = phrases("""
    My postcode is {x}.
    The postcode round here is {x}.
    Postcode {x}.
    I'm at postcode {x}.
    Is there a fault in {x}? That's my postcode.
    The post code here is {x}.
""")
PASSWORD = phrases("""
    And the password on the account?
    What's your password?
    Can you give me the security password?
    The memorable word, please?
    What's the passcode you set up?
    Could I have your telephone password?
    Password, please?
    There's a password on here. What is it?
    And the secret word for the account?
    You'd have chosen a password when you joined. What would that be?
    I need the account password before I can talk to you about it.
    What password are you typing in?
    What would you like the new password to be?
    Your memorable word, my love?
    The verbal password, ma'am?
    Tell me the password, please.
""")
PASSWORD_TOLD = phrases("""
    My password here is {x}.
    The password's {x}.
    I type in {x}, my password, and it says no.
    The password on the account is {x}.
    My memorable word is {x}.
    Can you reset the password to {x}?
    For everything I use the password {x}.
""")
LAST_FOUR = phrases("""
    Just the last four of your social?
    What are the last four digits of your Social Security number?
    Last four of the social, please?
    Can you verify the last four of your social for me?
    And the final four numbers of your Social Security?
    The last four on your social, hon?
    Could I have the last four of the social on file?
    Last four of the S S N?
    To verify, the last four of your SSN?
    I only need the last four of your social security number.
""")
LAST_FOUR_TOLD = phrases("""
    The last four of my social are {x}.
    My last four is {x}, of the social I mean.
    Last four of my social is {x}.
    My social ends in {x}.
""")
