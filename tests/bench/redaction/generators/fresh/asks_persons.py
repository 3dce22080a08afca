"""How agents ask for a name, an address, an e-mail address and a date of birth."""

from tests.bench.redaction.generators.fresh.bank import phrases

NAME = phrases("""
    Who am I speaking with today?
    And your first and last name?
    Could I take your full name, please?
    What name is the booking under?
    Whose name is on the account?
    Can I just get your name, my love?
    May I know your good name, sir?
    Sorry, I didn't catch your name.
    And you are?
    What was the name again?
    Who's the account holder?
    Your name as it appears on the card?
    What is the patient's name?
    Could you tell me the full name of the policyholder?
    Name, please?
    What's the name on the reservation, hon?
    Is the bill in your name? What is it?
    And who should I say is calling?
    Which name did you book with?
    Okay so first name?
    Last name for me?
    Surname?
    Please state your full name for the recording.
    Before we go on, who do I have the pleasure of talking to?
    Could I have the name of the person travelling?
    And what's your husband's name?
    What shall I call you?
    What name shall I put on the parcel?
    Who will be signing for it?
    May I ask who's calling?
    Would you give me your name and we'll get started?
    I'm going to need your legal name, as on your license.
    Right, name of the main guest?
    Can you verify the name on the file?
    What's the little one's name?
    And the cardholder's name would be?
    Let me have the name, please, surname first.
    Under what name would that be?
    Which of you is the member, what's the name?
    And your name, sweetheart?
    Tell me your name, please, and take your time.
    Could you repeat your name for me, the line is bad?
""")
SPELLING = phrases("""
    How do you spell your surname?
    Can you spell out your last name for me?
    And the spelling of that last name?
    Could you spell that surname, please, letter by letter?
    Sorry, spell your last name?
    I'd better have you spell your name.
    How's your surname spelt, my love?
    Would you spell the family name, sir?
    And how do I spell your surname?
    I want to get your last name right, so spell it for me.
    Can I get a spelling on the name?
    Last name, letter for letter, please.
    Your surname, is that with one L or two? Spell it for me.
    That's a new one on me. How's the name spelled?
    One more time on the spelling of your last name?
""")
ADDRESS = phrases("""
    What's the address there?
    Where are we delivering to?
    Could you confirm the first line of your address?
    And your street address?
    What is the service address, please?
    Can I take your home address?
    Whereabouts do you live, sir, number and street?
    What address do you have on the account?
    Where should the engineer come to?
    Which address shall we send the new card to?
    Okay so what's the mailing address?
    Billing address?
    And the property we're insuring, what's the address of that?
    Can you tell me the address as it is on your license?
    What's the full address, please, love?
    House number and street?
    Is it going to your home? Give me the address.
    Where do you want this shipped?
    Where would you like it dropped off?
    May I have your residential address, kindly?
    Let me just verify your address.
    Just need an address for the invoice.
    I'll need to know where you live for the quote.
    And where was the car kept overnight, what address?
    Have you moved? What's the new address?
    What's your current address, hon?
    Your previous address as well, please, if under three years.
    What's the address of the place with no power?
    Could you read me back your address?
    Which house is it, and what street?
    Please give the address, street first.
    Tell me your address for security.
    Where's the letter meant to go?
    Where do you get your mail?
    And the address on your bank statement?
    What address was the order supposed to go to?
    Where are you staying, what street?
    Can I get the address you'd like picked up from?
    The address on file's a bit old. What is it now?
    And home address, please?
    I need the street and house number for the dispatcher.
""")
EMAIL = phrases("""
    What's your e-mail?
    Which e-mail should the receipt go to?
    Could I take an e-mail address for the confirmation?
    And your email address, please?
    Do you have an e-mail we can use?
    Where shall I e-mail that to?
    Can you spell out the e-mail for me?
    What e-mail do you log in with?
    Is there a good email for you?
    I can send it over by e-mail. What is it?
    E-mail?
    Your e-mail, sir, letter by letter if you can.
    Do we have your e-mail address on here?
    What's the email on the account?
    Any e-mail you check regularly?
    May I have your mail ID?
    What's the e-mail ID, madam?
    I'd send you a link if you let me have your e-mail.
    Which inbox would you like the voucher in? What's the address?
    Okay, and the e-mail address you registered?
    Read me your email, I'll type it as you go.
    Would you mind giving me your e-mail again?
    Let's update your e-mail. What's the new one?
    And for the e-ticket, an e-mail address?
    What e-mail address did you use when you ordered?
    Can you verify the email on file?
    How's the e-mail spelled?
    Sorry, what was the e-mail?
    We'll need an e-mail for paperless.
    Please tell me your e-mail slowly.
    Could you give me an email where we send the documents?
    Best email?
    Do you use e-mail at all, my dear?
    Whereabouts can I mail the invoice, any e-mail?
    And a work or personal e-mail?
    The username is normally your e-mail, so what's that?
    Your reset link goes to your e-mail. Which one is that?
    Did you get our e-mail? What address should it be?
    I need a valid e-mail to finish this off.
    What's the part before the at, and then the rest?
    May I kindly get your e-mail address, sir?
""")
BIRTH = phrases("""
    And your date of birth would be?
    What's your birthday, hon?
    When were you born, sir?
    Could you confirm your date of birth for security?
    Date of birth there?
    And the D O B on that?
    And the patient's date of birth, please?
    Birth date, with the year?
    What's the little one's date of birth?
    Can I take your date of birth, my love?
    Would you mind telling me your date of birth?
    I need a date of birth to find you.
    What date of birth do we have for you?
    Month, day and year of birth?
    May I know your date of birth, madam?
    Your birthday, including the year.
    Let me just check your date of birth.
    For the quote I need to know when you were born.
    Just your date of birth and then we're through security.
    Please say your date of birth.
    And your husband's date of birth?
    What is the birth date of the policyholder?
    Can you give me the main driver's date of birth?
    Who's over eighteen? Date of birth for the eldest?
    Can you verify your birth date for me?
    And you were born when?
    What year and what day were you born?
    Sorry, your date of birth once more?
    Day, month, year you were born?
    Last check, your date of birth.
    I've got the name, now the date of birth.
    Tell me your date of birth, please, day first.
    When's the birthday of the lead passenger?
    It wants a date of birth, I'm afraid.
    What is the date of birth on your passport?
    Could I get your birth date real quick?
    So what's your date of birth, if you don't mind?
    Is the date of birth on here right? What should it be?
    And the child, when was he born?
    When is your birthday, dear?
    And date of birth for the member?
""")
