"""The cues that are known without a policy: phrases by type, separated by bars."""

from consumer.redaction.span import Kind

STRONG: dict[Kind, str] = {
    Kind.CREDIT_CARD: """
        card number|card numbers|card no|card #|card num|credit card number|debit card number|number on the card|number on your card|
        numbers on the card|numbers on your card|number on the front|numbers on the front|number off the card|long number|
        long card number|sixteen digit number|sixteen digit|sixteen digits|fifteen digit|16 digit|15 digit|16 digits|
        card ending|card ends|account ending in card|ending in|ends in|ends with|ending with|cc number|c c number|cc|my card is|
        the card is|card details|payment card|card that ends|last four of the card|last four of your card|card info|
        card information|p a n|pan number|number of the card|number of your card|visa number|amex number|mastercard number|
        last four digits|last 4 digits|last four|last 4|first four|first six digits|next four|first four digits|next four digits|
        digits on the card|digits on your card|digits of the card|digits of your card|digits off the card|card digits|numbers of the card|
        number across the|numbers across the|across the middle|across the front|embossed|big number|on the plastic|off this card|off my card|
        off the card|on this card|front of the card|front of your card|card in my hand|card in front of me|maestro number|card number'd|card's|
        twelve digit number|sixteen numbers|sixteen figures
    """,
    Kind.PHONE: """
        phone number|phone numbers|telephone number|mobile number|cell number|cell phone number|cellphone number|contact number|
        callback number|call back number|call-back number|best number|reach you at|reach me at|reach me on|reach you on|
        reach us at|reach them at|reach him at|reach her at|call me at|call me on|call you at|call you on|call you back at|call me back at|
        call me back on|text me at|text me on|text you at|my number is|my number's|new number is|your number is|the number is|that number is|his number is|her number is|their number is|answering at|messages to|phone no|
        text it to|text to|call us at|call us on|call them at|number i can reach|number we can reach|number to reach|number to call|area code|landline|land line|
        fax number|home number|work number|office number|daytime number|evening number|my cell is|my mobile is|my cell's|my mobile's|
        my phone is|whatsapp number|number you are calling from|number you're calling from|digits are|ring me on|reach me|
        number for you|number for me|registered|dial|registered number|registered mobile|
        what's your number|what is your number|your number please|have your number|get your number|your number|
        catch me on|catch me at|ring you back|ring me back|ring back on|ring him on|ring her on|
        give us a bell|give me a bell|give us a ring|give me a ring|give me a shout on|phone me on|
        one to call|number to ring|number to dial|number to text|
        contact me on|contact me at|ping me on|sms me|on my mobile|on my cell|on my landline|direct line|direct dial|
        callback|call back on|call-back|daytime telephone|what mobile|which mobile|mobile no|cell no|number'd|mobile'd|telephone no
    """,
    Kind.CVV: """
        cvv|cvc|cvv2|cvc2|c v v|c v c|cv code|c v code|cvv code|cvc code|security code|card security code|csc|c s c|
        verification value|card verification|card verification number|three digit code|three digit number|three digit security|
        three digits|3 digits|3 digit code|3 digit number|four digit code on the front|digits on the back|number on the back|
        code on the back|numbers on the back|back of the card|back of your card|back of my card|back of it|signature strip|
        signature panel|on the back|cid|c i d|four digits on the front|security number|
        signature box|signature bar|signature line|by the signature|by your signature|next to the signature|next to your signature|beside the signature|
        on the strip|three on the back|three on the strip|three on the signature|three on the reverse|the back three|last three on the|last three digits|last 3 digits|last three numbers|three numbers|
        three figures|security digits|security figures|security numbers|security three|security code'd|cvv'd|card security|csv code|csc code|cvn|verification digits|verification number|
        c v|cv|cv2|cvv number|cvc number|c v v number|c v number|cv number|
        behind the card|behind your card|reverse of the card|reverse of your card|on the reverse|on the rear|rear of the card|back side|backside|
        round the back|flip it over|flip the card|flip your card|turn the card over|turn your card over|four digits of security|
        4 digit code on the front
    """,
    Kind.CARD_EXPIRY: """
        expiration|expiration date|expiry|expiry date|runs out in|runs out on|run out in|expires|expire|expiring|exp date|exp|valid thru|valid through|valid until|valid till|
        good through|good thru|good until|month and year on|date on the card|date on the front|month and the year|
        good till|good til|valid for|good to|valid to|valid til|valid up to|valid date|validity|thru date|through date|end date|runs out|run out on|
        card run out|expiration month|expiry month|expires end|exp month|month and year|month year|card valid|card good|date of expiry|date of expiration
    """,
    Kind.BANK_ACCOUNT: """
        account number|account numbers|acct number|account no|acct no|acct|account #|account num|checking account number|savings account number|
        bank account number|account is|account's|account ending|account ends|current account number|my account number|account digits|
        account i d|account id|checking number|savings number|
        bank account's|bank account is|bank account no|checking account no|savings account no|current account no|current account's|savings account's|
        checking account's|current account is|savings account is|checking account is|account digits|account no's|account figures|
        figures of your account|figures of the account|digits of your account|digits of the account|a c number|a c no|a slash c|account it should go into|
        account you bank with|account number'd|account to debit
    """,
    Kind.PIN: """
        pin|pin number|pin code|p i n|access code|verification code|one time code|one-time code|one time passcode|one time pin|otp|o t p|security pin|
        code we sent|code i sent|code you received|code that was sent|six digit code|four digit code|four digit pin|passcode|pass code|
        authorization code|authentication code|code they sent|code you sent|telephone pin|phone pin|key code|keycode|door code|gate code|entry code|
        code we texted|code i got|code you got|code we emailed|code that came|code they texted|code in the text|code from the text|texted code|
        sms code|text code|login code|log in code|sign in code|confirmation pin|unlock code|secret number|secret code|security passcode|pass number|
        six digit pin|six digit number|4 digit code|6 digit code|4 digit pin|6 digit pin|four digit number|voicemail code|two factor code|
        one time password|pin'd|pin number'd
    """,
    Kind.DATE_OF_BIRTH: """
        date of birth|birth date|birthdate|birthday|dob|d o b|born on|was born|born in|born|birth|birthday's|were born|my birthday is|
        year of birth|birth year|day of birth|month of birth
    """,
    Kind.NATIONAL_ID: """
        passport number|passport|national id|identity number|identification number|id number|i d number|member id|member number|sin number|
        insurance number|medical record number|patient number|passport no|passport's|national identity|identity card number|id card|
        id card number|i d card|personal id|personal number|identity document|national id number|residence permit|document number
    """,
    Kind.IBAN: "iban|i ban|i b a n|iban number|international bank account",
    Kind.EMAIL: "spell your email|spell the email|spell out your email|spell that email|email|e-mail|e mail|email address|emails|mail address|email's|gmail address",
    Kind.PASSWORD: """
        password is|password's|password was|my password|your password|passphrase|pass phrase|secret word|memorable word|security word|security answer|
        passcode word|word you set up|phrase you set up|password you set up|password please|the password|new password|old password|temporary password|account password|verbal password|code word|codeword|password
    """,
    Kind.PERSON_NAME: """
        name is|name's|your name|full name|first name|last name|surname|middle name|maiden name|family name|given name|spell your|name please|
        cardholder name|cardholder's name|name on the card|name on the account|under the name|spell that|spell it|spell the|spelled|spelt|name as it appears|
        who am i speaking|whom am i speaking|you're speaking with|you are speaking with|you're speaking to|i'm speaking with|am i speaking|
        speaking with today|i am called|they call me|name was|people call me
    """,
    Kind.ADDRESS: """
        my address|your address|our address|home address|mailing address|billing address|shipping address|delivery address|i live at|we live at|live at|
        living at|address on file|address we have|where should we ship|where should we send|where should i send|where should i ship|where do we send|
        where are we sending|where are we shipping|what address|which address|confirm the address|verify the address|
        address for the account|address for delivery|address for the delivery|current address|residential address|new address|old address|postal address|i live on|we live on|address for you|
        i'm at|reside at|moved to|address on the account|address you have|ship it to|send it to|deliver it to|deliver to|address of record|where do you live|what street|which street|street do you live on|you live on|
        street address please|physical address|my home is|i'm located at|we're located at|previous address|full address|correspondence address
    """,
    Kind.NUMBER: "customer number|customer id|membership number|loyalty number|frequent flyer|employee id|employee number|policy number",
}
WEAK: dict[Kind, str] = {
    Kind.CREDIT_CARD: "card|cards|credit card|debit card|visa|mastercard|amex|american express|maestro",
    Kind.PHONE: "phone|mobile|cell|telephone|fax|office|desk|tel|cellphone|cell phone|call me|text me|contact me|whatsapp|number please|ring|bell|landline's|handset|call you back|call me back|call you|ring you|ring me|reach you|reach me|contact you|phone you|text you",
    Kind.BANK_ACCOUNT: "account|bank account|checking account|savings account|direct deposit|wire|current account|passbook|standing order",
    Kind.NATIONAL_ID: "id",
    Kind.PIN: "code|codes",
}
NEGATIVE = """
    order number|order numbers|order id|order #|order|tracking number|tracking|tracking id|ticket number|ticket|invoice number|
    invoice|amount|confirmation number|confirmation code|confirmation|reference number|reference|reference code|ref number|case number|case id|claim number|
    claim|booking number|booking reference|booking|reservation number|reservation|transaction id|transaction number|model number|serial number|
    part number|item number|product number|product code|sku|upc|isbn|flight number|extension|quantity|balance|total|price|cost|po number|
    purchase order|work order|job number|meter reading|meter|number of people|number of|score|parcel number|parcel|shipment|package|
    store number|gate number|room number|page number|catalog number|vin|lot number|batch number|promo code|coupon code|coupon|discount code|
    voucher|gift code|location code|error code|build number|version number|case|incident number|incident|request number|service number|quote number|
    odometer|mileage|square feet|square foot|points|miles|followers|views|population|
    order ref|order reference|order no|consignment|consignment number|docket|docket number|delivery note|delivery number|dispatch number|despatch number|
    waybill|airway bill|receipt|receipt number|complaint|complaint number|complaint reference|complaint id|enquiry number|inquiry number|
    log number|locator|record locator|p n r|pnr|booking ref|booking code|booking id|case ref|case no|ticket no|ticket id|ticket reference|invoice no|
    tracking no|tracking code|tracking reads|reference no|ref no|ref|refs|job no|job reference|quote reference|quote id|quotation|
    rma|r m a|queue number|token number|seat number|flight no|
    article number|stock number|stock code|barcode|bar code|engine number|chassis number|registration mark|imei|
    meter number|meter point|serial no|serial|model no|part no|item no|item code|product id|product no|version|build|release|
    issue number|issue id|request id|request no|transaction reference|transaction no|transaction code|payment reference|statement number|cheque number|check number|
    agreement number|installation number|engineer visit|appointment number|appointment id|referral number|
    petition number|permit number|licence plate|license plate|locker number|locker|bin number|
    platform number|bay number|aisle number|error number|error|fault code|fault number|
    charged me|charging me|billed me|overcharged|went up from|went up to|refunded me|owe me|pressure was|pressure is|heart rate|
    speed test|temperature|thermostat
"""
NONE = """
    social media|social worker|social services|social club|email confirmation|confirmation email|receive an email|get an email|credit cards|
    business card|gift cards|by phone|over the phone|phone call|phone calls|on the phone|phone bill|phone plan|cell phones|new phone|in order to|
    an email|an e-mail|an e mail|by email|via email|email shortly|email you|emailed|name a|name of the|company name|business name|brand name|user name|the name of|sim card|report card|post card|call center|office hours|
    reset my password|reset your password|forgot my password|forgot your password|change my password|change your password|password reset|
    reset the password|my passport expired|total of|case of|in case|just in case|in any case|in that case|in total|sort of|sort it|sort that|sort this|sort out|
    pin it|pin down|first name basis|is the number of|exp ert|send it to me|send it to you|moved to a|no balance
"""
