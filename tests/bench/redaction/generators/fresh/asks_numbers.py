"""How agents ask for a card, a social security number and a phone number."""

from tests.bench.redaction.generators.fresh.bank import phrases

CARD = phrases("""
    Right, if you could read me the long number across the front of the card.
    Could I grab the card details off you, starting with the long number?
    Whenever you're set, let me have all sixteen digits off the front.
    And which card are we putting that on? Just read it out to me.
    I'll take the payment now, so what's the number on your card?
    Would you mind giving me the full card number, nice and slow?
    Okay, your Visa or Mastercard number please, sir.
    Sorry, before I can refund it I need the number of the card you paid with.
    Let's get your debit card number down then.
    Do you have the card in front of you? Read me the big number.
    What are the digits on the front there?
    So the credit card number is what I need next, hon.
    Please say your card number after the beep.
    If I could just take the sixteen digit number from you.
    Can you tell me the number printed on the back of the card? The newer ones have it there.
    I just need you to call out the card number for me, love.
    Alright ma'am, what card number would you like me to charge?
    To secure the room we need a credit card. What's the number?
    Go ahead with the card whenever you've found it.
    May I have the payment card number, kindly?
    You said you'd be paying by card. Number, please?
    Number on the card?
    And the card?
    And the long card number?
    I don't have a card on file for you any more, so I'd need a fresh one.
    For the deposit, could you read out the digits of your card?
    Please to tell me your card number, madam.
    Tell me the card number that was declined and I'll try it over.
    The system's asking me for the card number again, I'm afraid.
    What was that card number one more time?
    Let me start over with your card. First digit?
    Which number is embossed on the card, sir?
    Could you confirm for me the whole of your card number?
    I'm on the payment page now. Card number when you're ready.
    Need your American Express number, and take your time.
    It's the one on the front, all the way across.
    Mind if I take the number from your bank card?
    Give me the new card number so I can swap it over on autopay.
    How about we update that card? What's the new number?
    So I'll be needing the main number off your card, if that's alright.
    And on the card itself, what's the number say?
    Could you punch in or just tell me your card number?
""")
SSN = phrases("""
    I do need your full social to pull that up.
    And your Social Security number, please?
    What's the social on the account?
    Could you verify your social for me?
    For the credit check we need the Social Security number of the applicant.
    I'll just need your nine digit social.
    Can you give me the tax ID or the social you filed with?
    Your social, sir?
    What is the Social Security number of the policyholder?
    To find you in here I'm going to go by your social. What is it?
    Would you be comfortable giving me your Social Security number over the phone?
    Last thing for security, your full social.
    Do you know your husband's social by any chance?
    The claim's filed under the social, so read me that if you would.
    All nine digits of your social, whenever you're ready.
    SSN?
    And your S S N is?
    May I have the S S N, please, for the record?
    Okay, hun, social security?
    Please say or enter your Social Security number.
    I can search by social if you've got that handy.
    It's asking me for your social before it lets me in.
    Is there a Social Security number I can verify you with?
    We can't open the file without a social, I'm sorry. What's yours?
    So what's the Social Security number we have for you there?
    How about your social, do you know it by heart?
    Kindly provide the social security number, sir.
    Let me have that social one more time.
    I missed the middle of that. Your social again?
    Let me verify the patient's Social Security number.
    You'd have put your Social Security number on the form. Can you read it to me?
    Now I'm required to ask for your Social Security number.
    And the primary member's social?
    What social did you give us when you signed up?
    Go ahead with your social.
    Your taxpayer number, that'd be your social.
    Can I get the complete social, not just the end of it?
    I need a social for the beneficiary as well.
    Could you repeat your Social Security number for the recording?
    Tell me the number on your Social Security card.
    We'll run it with the social. What would that be?
""")
PHONE = phrases("""
    What's a good number to reach you on?
    In case we get cut off, what number can I ring you back on?
    Can I take a contact number for the driver?
    Is this the best number for you, or is there another one?
    What's your cell, starting with the area code?
    Could you let me have your mobile?
    Have we got a daytime number for you?
    Which telephone number is registered on the account?
    And a number where the technician can call you?
    What's the phone number you signed up with?
    Who do we ring when it's ready, what's the number?
    I'd like to text you a link, so what mobile should it go to?
    Do you have a home number at all?
    Do you want to leave a callback number?
    Your telephone number, please, including the area code.
    Phone number?
    And the best contact?
    Mobile number for the text alerts?
    Could I get ten digits from you for the phone?
    What number are you calling about today?
    What is the phone number you are having trouble with, please?
    Can I get your number real quick?
    Let me get a number down for you in case the line drops.
    Okay and if I need to phone you, what do I dial?
    Is there a landline there?
    Give me the number of the line that's not working.
    So what number shall I put down for you, my dear?
    May I kindly have your contact number?
    Please to give your good mobile number.
    The number we've got is out of date. What's the new one?
    Where can we call you during business hours?
    What's the phone number on the loyalty account?
    I'll look you up by phone. Go ahead.
    And an emergency contact number?
    Does your husband have a cell phone number we can use?
    Sorry, say your phone number again for me?
    What's the fax over there?
    Your WhatsApp number would do as well. What is it?
    Which number did you get the text on?
    How can the courier get hold of you on the day, any number?
    What number would you like the code sent to?
    Right, phone number for the booking?
""")
